using Faults.Checker.History;

namespace Faults.Checker.Tests;

/// <summary>A history told step by step: one chatD, one channelD, and what the test makes of them. Each step is a millisecond after the last.</summary>
internal sealed class Story
{
    public const ulong Chat = 0xC1;
    public const ulong NextChat = 0xC2;
    public const ulong Channel = 0xD1;
    public const ulong NextChannel = 0xD2;

    private const long NsPerMs = 1_000_000;

    private readonly List<HistoryRecord> _records = [];
    private long _nowNs = 1_000 * NsPerMs;
    private long _lastRequest;

    public Story()
    {
        Process(DaemonKind.Channel, Channel, ProcessChange.Started);
        Process(DaemonKind.Chat, Chat, ProcessChange.Started);
    }

    public IReadOnlyList<HistoryRecord> Records => _records;

    public CheckerOptions Options { get; init; } = new();

    public static string LineOf(long request) => $"/찾기 {Secret.Of(request)}";

    public Story Wait(long ms)
    {
        _nowNs += ms * NsPerMs;
        return this;
    }

    public Story Asks(int user, out long request, ulong chat = Chat)
    {
        request = ++_lastRequest;
        return Add(new Asked(Step(), request, ChatInstance: 0, chat, user, LineOf(request)));
    }

    public Story Runs(long request, int user = 0, ulong channel = Channel, string? line = null) =>
        Add(new Executed(Step(), channel, ChatInstance: 0, ChatGeneration: 0, RequestId: 0, user, line ?? LineOf(request)));

    public Story Tells(int user, long request, EndKind kind = EndKind.Ok, ulong chat = Chat, string? text = null, long awayMs = 0) =>
        Add(new Ended(Step(), request, chat, user, kind, Code: null, text ?? (kind == EndKind.Ok ? Secret.Of(request) : null), awayMs * 1_000_000));

    public Story Process(DaemonKind kind, ulong generation, ProcessChange change) =>
        Add(new ProcessChanged(Step(), kind, Instance: 0, generation, change));

    public Story Fault(string name, bool isOver = false) => Add(new FaultChanged(Step(), name, isOver));

    public Story Recovers() => Add(new Recovered(Step()));

    public Story Add(Func<long, HistoryRecord> make) => Add(make(Step()));

    public CheckerReport Check()
    {
        var checker = new HistoryChecker(Options);
        foreach (HistoryRecord record in _records)
        {
            checker.Add(record);
        }

        return checker.Finish(_nowNs + (60_000 * NsPerMs));
    }

    /// <summary>Asserts that exactly one rule objects, and to exactly one thing.</summary>
    public void AssertObjects(string invariant, string because)
    {
        Violation violation = Assert.Single(Check().Violations);
        Assert.Equal(invariant, violation.Invariant);
        Assert.Contains(because, violation.Text, StringComparison.Ordinal);
    }

    public void AssertPasses()
    {
        CheckerReport report = Check();
        Assert.True(report.ViolationCount == 0, string.Join(Environment.NewLine, report.Violations));
    }

    private Story Add(HistoryRecord record)
    {
        _records.Add(record);
        return this;
    }

    private long Step() => _nowNs += NsPerMs;
}
