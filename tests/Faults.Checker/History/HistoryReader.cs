using System.Text.Json;

namespace Faults.Checker.History;

/// <summary>Reads records that were written as JSON lines, one after the other, so that a history of any length takes no memory.</summary>
public static class HistoryReader
{
    /// <summary>The records of a file, in its order.</summary>
    /// <exception cref="InvalidDataException">A line is no record. The last one may be cut: whoever wrote it may have been killed.</exception>
    public static IEnumerable<HistoryRecord> Read(string path)
    {
        using var reader = new StreamReader(path);
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (Parse(line, path, number, isLast: reader.EndOfStream) is { } record)
            {
                yield return record;
            }
        }
    }

    /// <summary>Several histories as one, by time. Each by itself must be in the order of time.</summary>
    public static IEnumerable<HistoryRecord> Merge(params IEnumerable<HistoryRecord>[] histories)
    {
        var heads = new PriorityQueue<IEnumerator<HistoryRecord>, (long AtNs, int Number)>();
        try
        {
            for (int number = 0; number < histories.Length; number++)
            {
                Enqueue(histories[number].GetEnumerator(), number);
            }

            while (heads.TryDequeue(out IEnumerator<HistoryRecord>? head, out (long AtNs, int Number) place))
            {
                yield return head.Current;
                Enqueue(head, place.Number);
            }
        }
        finally
        {
            while (heads.TryDequeue(out IEnumerator<HistoryRecord>? head, out _))
            {
                head.Dispose();
            }
        }

        void Enqueue(IEnumerator<HistoryRecord> history, int number)
        {
            if (history.MoveNext())
            {
                heads.Enqueue(history, (history.Current.AtNs, number));
            }
            else
            {
                history.Dispose();
            }
        }
    }

    private static HistoryRecord? Parse(string line, string path, int number, bool isLast)
    {
        try
        {
            return JsonSerializer.Deserialize(line, HistoryJson.Default.HistoryRecord);
        }
        catch (Exception exception) when (isLast && IsNoRecord(exception))
        {
            return null;
        }
        catch (Exception exception) when (IsNoRecord(exception))
        {
            throw new InvalidDataException($"{path}:{number} is no record of a history: {exception.Message}", exception);
        }
    }

    // An object of no known type is "not supported".
    private static bool IsNoRecord(Exception exception) => exception is JsonException or NotSupportedException;
}
