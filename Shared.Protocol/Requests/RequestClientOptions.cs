namespace Shared.Protocol.Requests;

/// <summary>The bounds of a <see cref="RequestClient"/>. The hosting layer fills and validates it; each default suits a small queue.</summary>
public sealed record RequestClientOptions
{
    /// <summary>How long a request may take, in milliseconds. Defaults to 3000.</summary>
    public int TimeoutMs { get; init; } = 3000;

    /// <summary>How many requests may be unfinished at once, sent or waiting here. Defaults to 65,536; rounded up to a power of two.</summary>
    public int MaxInFlight { get; init; } = 65_536;

    /// <summary>How many bytes of unanswered requests may lie in the mailbox: this daemon's share of its capacity.</summary>
    public required long WindowBytes { get; init; }

    /// <summary>How many unanswered requests may lie in the mailbox. Defaults to no bound but that of the bytes.</summary>
    public int WindowCount { get; init; } = int.MaxValue;

    /// <summary>
    /// How many requests may wait here for room in the mailbox; one more is <see cref="OutcomeKind.Busy"/>. A user gets its <see cref="FairShare"/> of it,
    /// alone half. Defaults to 16,384.
    /// </summary>
    public int MaxPending { get; init; } = 16_384;

    /// <summary>How many bytes of requests may wait here, shared alike. Defaults to 4 MiB.</summary>
    public long MaxPendingBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The largest result that is put together from parts, in bytes. Defaults to 1 MiB.</summary>
    public int MaxResultBytes { get; init; } = 1024 * 1024;

    /// <summary>What <see cref="QuarantineMs"/> is by default.</summary>
    public const int DefaultQuarantineMs = 10_000;

    /// <summary>
    /// On a wire without ids: whether somebody asked there a moment ago, before this process was, and may still be answered. Then nothing is sent for
    /// <see cref="QuarantineMs"/>, whatever comes in that time, for nobody knows how many answers are under way. Defaults to false.
    /// </summary>
    public bool StartsInQuarantine { get; init; }

    /// <summary>
    /// On a wire without ids: for how long after a time-out no request is sent, unless the late answer comes first, in
    /// milliseconds. Nothing else keeps a late answer from being taken for the next one's. Defaults to 10,000.
    /// </summary>
    public int QuarantineMs { get; init; } = DefaultQuarantineMs;
}
