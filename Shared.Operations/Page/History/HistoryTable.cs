using System.Globalization;
using Shared.Operations.Metrics;

namespace Shared.Operations.Page.History;

/// <summary>
/// The last rows of what some metrics showed, in columns that are named as in <c>/metrics</c>. Columns come and never go; rows beyond the capacity
/// push the oldest out. Safe on every thread.
/// </summary>
/// <param name="metrics">What is kept.</param>
/// <param name="capacity">How many rows.</param>
/// <param name="maxColumns">How many columns; series beyond it are left out.</param>
internal sealed class HistoryTable(IReadOnlyList<HistoryMetric> metrics, int capacity, int maxColumns)
{
    // Guards what follows. A reader takes references under it, and writes them out without it.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<string> _columns = [];
    private readonly HistoryRow[] _rows = new HistoryRow[capacity];
    private long _count;

    /// <summary>How many rows are kept.</summary>
    public int Capacity => capacity;

    /// <summary>Adds a row.</summary>
    /// <param name="timeMs">The moment, in milliseconds of Unix time.</param>
    /// <param name="families">All metrics at that moment, by their names.</param>
    public void Add(long timeMs, IReadOnlyDictionary<string, MetricFamily> families)
    {
        lock (_gate)
        {
            var values = new double[maxColumns];
            Array.Fill(values, double.NaN);
            foreach (HistoryMetric metric in metrics)
            {
                if (families.TryGetValue(metric.Name, out MetricFamily? family))
                {
                    AddValues(metric, family, values);
                }
            }

            _rows[_count % capacity] = new HistoryRow(timeMs, values[.._columns.Count]);
            _count++;
        }
    }

    /// <summary>The rows behind a number; all that are left where that one was pushed out already.</summary>
    /// <param name="after">The number of the last row that is known; 0 for none.</param>
    public HistoryView Read(long after)
    {
        lock (_gate)
        {
            // The first row has the number 1.
            long first = Math.Max(Math.Max(after, 0), _count - capacity) + 1;
            var rows = new List<HistoryRow>();
            for (long number = first; number <= _count; number++)
            {
                rows.Add(_rows[(number - 1) % capacity]);
            }

            return new HistoryView([.. _columns], first, rows);
        }
    }

    private void AddValues(HistoryMetric metric, MetricFamily family, double[] values)
    {
        foreach ((string labels, MetricSeries series) in family.Series)
        {
            if (metric.Only is { } part && !labels.Contains(part, StringComparison.Ordinal))
            {
                continue;
            }

            if (family.Bounds is { } bounds)
            {
                AddBuckets(metric.Name, bounds, series.Counts, values);
            }
            else
            {
                AddValue(metric.By is { } by ? $"{metric.Name}{{{by}=\"{Labels.ValueOf(labels, by)}\"}}" : metric.Name, series.Value, values);
            }
        }
    }

    private void AddBuckets(string name, double[] bounds, long[] counts, double[] values)
    {
        long sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            AddValue(string.Create(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{(i < bounds.Length ? bounds[i] : "+Inf")}\"}}"), sum, values);
        }
    }

    private void AddValue(string column, double value, double[] values)
    {
        if (!_indexes.TryGetValue(column, out int index))
        {
            if (_columns.Count >= maxColumns)
            {
                return;
            }

            index = _columns.Count;
            _indexes.Add(column, index);
            _columns.Add(column);
        }

        values[index] = double.IsNaN(values[index]) ? value : values[index] + value;
    }
}
