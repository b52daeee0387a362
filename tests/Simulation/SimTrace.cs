using System.Globalization;
using System.Text;
using Faults.Checker.History;

namespace Simulation;

/// <summary>What happened, in numbers that tell two runs apart, and, where it is wanted, in words.</summary>
/// <param name="isKept">Whether the words are kept.</param>
internal sealed class SimTrace(bool isKept)
{
    private const ulong FnvPrime = 1_099_511_628_211;

    private readonly StringBuilder? _text = isKept ? new StringBuilder() : null;

    public bool IsKept => _text is not null;

    /// <summary>The same for two runs in which the same happened at the same times.</summary>
    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037;

    public void Mix(long a, long b, long c)
    {
        Hash = (Hash ^ (ulong)a) * FnvPrime;
        Hash = (Hash ^ (ulong)b) * FnvPrime;
        Hash = (Hash ^ (ulong)c) * FnvPrime;
    }

    public void Add(HistoryRecord record)
    {
        (long number, string? text) = record switch
        {
            Asked asked => (asked.Request, asked.Line),
            Ended ended => ((ended.Request * 8) + (long)ended.Kind, ended.Text ?? ended.Code),
            Executed executed => (executed.UserId, executed.Line),
            ProcessChanged change => ((long)change.Generation, null),
            _ => (0, null),
        };
        Mix(record.AtNs, number, text?.Length ?? 0);
        foreach (char c in text ?? string.Empty)
        {
            Hash = (Hash ^ c) * FnvPrime;
        }

        if (IsKept)
        {
            Write(record.AtNs, Describe(record));
        }
    }

    public void Write(long atNs, string words) =>
        _text?.Append(CultureInfo.InvariantCulture, $"{(atNs - 1_000_000_000_000) / 1e6,12:F6} ms  {words}\n");

    private static string Describe(HistoryRecord record) => record switch
    {
        Asked asked => $"session {asked.UserId} ({Short(asked.ChatGeneration)}) asks {asked.Request} of chatD {asked.ChatInstance}: {asked.Line}",
        Ended ended => $"session {ended.UserId} ({Short(ended.ChatGeneration)}) is told {ended.Kind} for {ended.Request}: {ended.Code} {ended.Text}",
        Executed executed => $"channelD ({Short(executed.ChannelGeneration)}) runs for session {executed.UserId} "
            + $"({Short(executed.ChatGeneration)}): {executed.Line}",
        ProcessChanged change => $"{change.Kind} {change.Instance} ({Short(change.Generation)}): {change.Change}",
        FaultChanged fault => $"{(fault.IsOver ? "over" : "FAULT")}: {fault.Fault}",
        _ => record.ToString(),
    };

    private static string Short(ulong generation) => (generation & 0xFFFF).ToString("x4", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text?.ToString() ?? string.Empty;
}
