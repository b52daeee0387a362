namespace Shared.Protocol.Wire;

/// <summary>
/// What every frame starts with. <c>docs/wire-format.md</c> has its bytes.
/// </summary>
public readonly record struct Envelope
{
    /// <summary>The version of the format that this code writes, and the only one that it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What the frame is.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The asker's number for the request, unique within its generation; 0 where there is no request.</summary>
    public ulong RequestId { get; init; }

    /// <summary>The generation of the asker: of the sender in a request, of the receiver in its result; of the sender otherwise.</summary>
    public ulong Generation { get; init; }

    /// <summary>The message type (<c>mtype</c>) of the mailbox that takes the result; 0 where none is owed.</summary>
    public long ReplyMailbox { get; init; }

    /// <summary>The session on whose behalf this is, numbered by its chatD from 1; 0 for the daemon itself.</summary>
    public int UserId { get; init; }

    /// <summary>
    /// When the asker stops waiting, in nanoseconds of this host's <c>CLOCK_MONOTONIC</c>; 0 for never.
    /// </summary>
    public long DeadlineNs { get; init; }

    /// <summary>The asker's trace, if it has one.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>Which piece of a body this is; null when the frame carries the whole.</summary>
    public FramePart? Part { get; init; }
}
