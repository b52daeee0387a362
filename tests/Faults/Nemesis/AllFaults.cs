using Faults.Nemesis.Faults;
using Shared.Protocol.Transport;

namespace Faults.Nemesis;

/// <summary>The faults that a run draws from.</summary>
internal static class AllFaults
{
    // What a single message may have, by default (kernel.msgmax).
    private const int LargestMessageBytes = 8192;

    public static IReadOnlyList<IFault> List { get; } =
    [
        new PausedFault(1, "channelD paused under load", FaultScope.Channel, 300, 1500),
        new FullQueueFault(2, "result queue full", 300, 1500, MailboxKind.Result),
        new FullQueueFault(3, "both queues full", 300, 1500, MailboxKind.Request, MailboxKind.Result),
        new RemovedQueueFault("request queue removed", MailboxKind.Request),
        new RemovedQueueFault("result queue removed", MailboxKind.Result),
        new RemovedQueueFault("both queues removed", MailboxKind.Request, MailboxKind.Result),
        new ReplacedQueueFault(),
        new KilledFault(8, "both killed", FaultScope.Chat | FaultScope.Channel),
        new MalformedMessagesFault(9, "largest messages", LargestMessageBytes, LargestMessageBytes, 200),
        new MalformedMessagesFault(10, "empty and short messages", 0, 20, 5000),
        new MalformedMessagesFault(11, "garbage", 1, 2000, 2000),
        new ForgedResultsFault(),
        new BacklogFault(100_000),
        new ZeroCapacityFault(),
        new ModeChangedFault(),
        new SignalStormFault(),
        new KilledFault(24, "channelD killed", FaultScope.Channel),
        new KilledFault(25, "chatD killed", FaultScope.Chat),
        new PausedFault(26, "channelD paused past the deadline", FaultScope.Channel, 3300, 4500),
        new PausedFault(27, "chatD paused past the deadline", FaultScope.Chat, 3300, 4500),
        new StoppedFault("channelD stopped", FaultScope.Channel),
        new StoppedFault("chatD stopped", FaultScope.Chat),
        new SecondDaemonFault(),
        new CarelessCommandsFault("commands that throw", "/고장 throw", 20),
        new CarelessCommandsFault("commands that wait", "/고장 wait 3000", 5),
        new CarelessCommandsFault("a command that loops", "/고장 loop 3000", 1),
        new StarvedPoolFault("chatD's thread pool starved", FaultScope.Chat, 200, 800),
        new StarvedPoolFault("channelD's thread pool starved", FaultScope.Channel, 200, 2000),
        new BusyProcessorsFault(),
        new SmallShareFault("chatD at a twentieth of a processor", FaultScope.Chat),
        new SmallShareFault("channelD at a twentieth of a processor", FaultScope.Channel),
        new ClockJumpFault(),
        new StrangersFault(800),
        new LogDiskFullFault(),
        new OutputStoppedFault(),
        new SilentReadersFault(),
        new FrameBombsFault(),
        new DroppedPlayersFault(44, "players dropped in flight", 0.3),
        new DroppedPlayersFault(45, "all players dropped at once", 1),
    ];

    /// <summary>Those of some rows; all where none is named.</summary>
    /// <exception cref="ArgumentException">A row has no fault here.</exception>
    public static IReadOnlyList<IFault> OfRows(IReadOnlyCollection<int> rows)
    {
        int[] unknown = [.. rows.Where(row => List.All(fault => fault.Row != row))];
        return unknown.Length > 0
            ? throw new ArgumentException($"No fault of a run has the row {string.Join(", ", unknown)}; there are {string.Join(", ", List.Select(fault => fault.Row).Distinct())}.", nameof(rows))
            : [.. List.Where(fault => rows.Count == 0 || rows.Contains(fault.Row))];
    }
}
