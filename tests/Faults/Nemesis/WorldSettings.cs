using ChatClient.Connection;
using Faults.Checker;
using Faults.Load;

namespace Faults.Nemesis;

/// <summary>How a world is set up.</summary>
internal sealed record WorldSettings
{
    private const long NsPerMs = 1_000_000;

    /// <summary>Options for both daemons.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Options for chatD alone.</summary>
    public IReadOnlyList<string> ChatOptions { get; init; } = [];

    /// <summary>Options for channelD alone.</summary>
    public IReadOnlyList<string> ChannelOptions { get; init; } = [];

    /// <summary>Which way results take, as <c>Ipc:ResultPath</c> has it. Here the queue, which most rows are about; a run asks for either.</summary>
    public string ResultPath { get; init; } = "queue";

    /// <summary>The lowest level that the daemons log.</summary>
    public string LogLevel { get; init; } = "Warning";

    /// <summary>Whether the daemons have a wall clock of their own, which can be set. Needs a C compiler.</summary>
    public bool HasShiftedClock { get; init; }

    /// <summary>Whether they log to a small disk of their own. Needs the right to mount.</summary>
    public bool HasLogDisk { get; init; }

    /// <summary>Whether their standard output is read by a process that can be paused, not by the runner.</summary>
    public bool HasOutputReader { get; init; }

    /// <summary>Whether the modes of queues count for them also where the runner is root.</summary>
    public bool ObeysModes { get; init; }

    /// <summary>What comes before chatD on its command line: a program that starts it.</summary>
    public IReadOnlyList<string> ChatPrefix { get; init; } = [];

    /// <summary>What comes before channelD on its command line.</summary>
    public IReadOnlyList<string> ChannelPrefix { get; init; } = [];

    /// <summary>How many players.</summary>
    public int Clients { get; init; } = 16;

    /// <summary>How many requests a second.</summary>
    public int RequestsPerSecond { get; init; } = 1000;

    /// <summary>What the history is judged by.</summary>
    public CheckerOptions Checker { get; init; } = Patient;

    /// <summary>
    /// For a machine of one's own. The slack is for what shares its processors: players, nemesis and daemons; a player notes the time of an
    /// answer when he gets to run. Growth is judged over daemons that are started again and again, so it is allowed some.
    /// </summary>
    public static CheckerOptions Strict { get; } = new() { SlackNs = 1000 * NsPerMs, AllowedGrowth = 0.5, IsTakenOnAfterPause = true };

    /// <summary>
    /// For a machine with any amount of other work, as tests meet it: that something came late, or took long, is no fault of the daemons' there.
    /// What is lost, doubled or misdelivered is judged as ever.
    /// </summary>
    public static CheckerOptions Patient { get; } = Strict with { SlackNs = 10_000 * NsPerMs, RecoveryNs = 60_000 * NsPerMs };

    /// <summary>A world in which nothing is late or down for want of processors, so that a test may ask for all to be well.</summary>
    public static WorldSettings Unhurried { get; } = new()
    {
        Options = ["--Ipc:RequestTimeoutMs=20000", "--Ipc:LeaseMs=30000"],
        Checker = Patient with { DeadlineNs = 20_000 * NsPerMs },
    };

    /// <summary>The load.</summary>
    public LoadSettings Load(ServerAddress address) => new() { Address = address, Clients = Clients, RequestsPerSecond = RequestsPerSecond, LastAnswersNs = 2 * Checker.DeadlineNs };

    /// <summary>A prefix for a process that may have so many descriptors.</summary>
    public static IReadOnlyList<string> Descriptors(int limit) => ["prlimit", $"--nofile={limit}:{limit}"];
}
