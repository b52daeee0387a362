using Faults.Checker;
using Faults.Checker.History;

namespace Faults.Running;

/// <summary>A history that a run has kept on disk.</summary>
internal static class KeptHistory
{
    /// <summary>Judges it anew, record by record.</summary>
    /// <exception cref="InvalidDataException">A line is no record.</exception>
    public static CheckerReport Judge(string path, CheckerOptions options)
    {
        var checker = new HistoryChecker(options);
        long lastNs = 0;
        foreach (HistoryRecord record in HistoryReader.Read(path))
        {
            checker.Add(record);
            lastNs = record.AtNs;
        }

        return checker.Finish(lastNs);
    }
}
