namespace Faults.Checker;

/// <summary>What a history is judged by.</summary>
public sealed record CheckerOptions
{
    private const long NsPerMs = 1_000_000;

    /// <summary>The deadline of every request, in nanoseconds. Defaults to 3 s.</summary>
    public long DeadlineNs { get; init; } = 3000 * NsPerMs;

    /// <summary>
    /// Whether what was asked of a chatD around a pause of it may have been taken on only when it went on, so that the deadline begins then: as
    /// for lines that wait in a socket. Defaults to no: asked is taken on.
    /// </summary>
    public bool IsTakenOnAfterPause { get; init; }

    /// <summary>How late a deadline may be noticed, in nanoseconds. Defaults to 10 ms: a tick.</summary>
    public long TickNs { get; init; } = 10 * NsPerMs;

    /// <summary>
    /// What else is granted to whoever writes the history: the way to the client and back, and the gap between an event and its record, in
    /// nanoseconds. Defaults to none.
    /// </summary>
    public long SlackNs { get; init; }

    /// <summary>For how long after its end a request is remembered, in nanoseconds. Defaults to 15 s.</summary>
    public long RememberNs { get; init; } = 15_000 * NsPerMs;

    /// <summary>Within which time of the end of the last fault everything must work again, in nanoseconds. Defaults to 5 s.</summary>
    public long RecoveryNs { get; init; } = 5000 * NsPerMs;

    /// <summary>By which part a resource may have grown from the first third of a run to its last. Defaults to 0.15.</summary>
    public double AllowedGrowth { get; init; } = 0.15;

    /// <summary>How many violations are kept with their texts; all are counted. Defaults to 100.</summary>
    public int MaxTexts { get; init; } = 100;
}
