using ChatClient.Connection;

namespace ChatClient.Load;

/// <summary>What load is wanted.</summary>
public sealed record LoadOptions
{
    /// <summary>Where chatD listens; with several, players go to each in turn.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>How many players, from 1.</summary>
    public int Clients { get; init; } = 64;

    /// <summary>How many lines a second all players send together, whether they are answered or not; 0: each sends when it was answered.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>How many lines of a player may be without an answer where there is no rate, from 1.</summary>
    public int Pipeline { get; init; } = 1;

    /// <summary>How long is measured.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the load runs before that.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What the players type.</summary>
    public LoadMix Mix { get; init; } = LoadMix.Default;

    /// <summary>Over how many channels they are spread, from 1.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Over how many maps of each channel they are spread, from 1.</summary>
    public int Maps { get; init; } = 1;

    /// <summary>What their names begin with; the rest is a number.</summary>
    public string NamePrefix { get; init; } = "부하";

    /// <summary>Where the report is written as a page besides; null for nowhere.</summary>
    public string? PagePath { get; init; }

    /// <summary>Whether the report is JSON.</summary>
    public bool UsesJson { get; init; }
}
