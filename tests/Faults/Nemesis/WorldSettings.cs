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

    /// <summary>Variables that both daemons get, as <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Where the standard output of both goes; null for the runner, who reads it.</summary>
    public string? StandardOutputPath { get; init; }

    /// <summary>How many descriptors chatD may have; null for as many as the runner.</summary>
    public int? ChatDescriptors { get; init; }

    /// <summary>How many players.</summary>
    public int Clients { get; init; } = 16;

    /// <summary>How many requests a second.</summary>
    public int RequestsPerSecond { get; init; } = 1000;

    /// <summary>
    /// What the history is judged by. The slack is for this machine: players, nemesis and daemons share its processors, and a player notes
    /// the time of an answer when he gets to run.
    /// </summary>
    public CheckerOptions Checker { get; init; } = new() { SlackNs = 1000 * NsPerMs, AllowedGrowth = 0.5, IsTakenOnAfterPause = true };

    /// <summary>What comes before a daemon on a command line of env(1).</summary>
    public IReadOnlyList<string> Prefix =>
        StandardOutputPath is null ? Environment : [.. Environment, "sh", "-c", $"exec \"$@\" > {StandardOutputPath}", "sh"];

    /// <summary>What comes before chatD besides.</summary>
    public IReadOnlyList<string> ChatPrefix => ChatDescriptors is { } limit ? ["prlimit", $"--nofile={limit}:{limit}"] : [];

    /// <summary>The load.</summary>
    public LoadSettings Load(ServerAddress address) => new() { Address = address, Clients = Clients, RequestsPerSecond = RequestsPerSecond };
}
