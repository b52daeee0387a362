using ChatClient.Connection;

namespace Faults.Load;

/// <summary>How much is asked.</summary>
internal sealed record LoadSettings
{
    private const int MsPerSecond = 1000;
    private const int MinIntervalMs = 10;

    /// <summary>Where chatD listens.</summary>
    public required ServerAddress Address { get; init; }

    /// <summary>How many players.</summary>
    public int Clients { get; init; } = 32;

    /// <summary>How many requests a second all players together try to ask.</summary>
    public int RequestsPerSecond { get; init; } = 2000;

    /// <summary>How many a player has outstanding at most: below chatD's own bound, so that each line is taken on at once.</summary>
    public int MaxOutstanding { get; init; } = 32;

    /// <summary>How long a player waits for his last answers: longer than any deadline.</summary>
    public required long LastAnswersNs { get; init; }

    /// <summary>How many lines a player asks at once.</summary>
    public int LinesPerTick => Math.Max(1, RequestsPerSecond * MinIntervalMs / (Clients * MsPerSecond));

    /// <summary>How often he does.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds((double)Clients * LinesPerTick / RequestsPerSecond);
}
