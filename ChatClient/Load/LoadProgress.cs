using System.Globalization;

namespace ChatClient.Load;

/// <summary>Shows each second how the load goes: in place on a terminal, line by line elsewhere.</summary>
/// <param name="output">Where.</param>
/// <param name="isTerminal">Whether lines can be overwritten there.</param>
internal sealed class LoadProgress(TextWriter output, bool isTerminal)
{
    /// <summary>Shows a second.</summary>
    public void Show(string phase, TimeSpan elapsed, LoadTally second, int outstanding)
    {
        LatencyHistogram all = second.All();
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{phase} {elapsed.TotalSeconds,4:0} s {all.Count,9:N0} answers/s   p50 {LoadReport.Time(all.PercentileNs(0.5)),9}   p99 {LoadReport.Time(all.PercentileNs(0.99)),9}   in flight {outstanding,6:N0}   shown {second.Deliveries.Count,9:N0}/s");
        if (isTerminal)
        {
            output.Write($"\r{line}\u001b[K");
        }
        else
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Leaves the line.</summary>
    public void End()
    {
        if (isTerminal)
        {
            output.WriteLine();
        }
    }
}
