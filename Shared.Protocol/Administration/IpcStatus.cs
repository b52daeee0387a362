namespace Shared.Protocol.Administration;

/// <summary>A daemon's queues, and its limits there.</summary>
public sealed record IpcStatus
{
    /// <summary>The key of the requests.</summary>
    public required int RequestKey { get; init; }

    /// <summary>The key of the results; with a single queue the same.</summary>
    public required int ResultKey { get; init; }

    /// <summary>Whether both are one queue.</summary>
    public required bool SingleQueue { get; init; }

    /// <summary>The wire: <c>msgpack</c>, <c>text</c> or <c>struct</c>.</summary>
    public required string Wire { get; init; }

    /// <summary>The largest frame, in bytes.</summary>
    public required int MaxFrameBytes { get; init; }

    /// <summary>What waits for channelDs; null where it cannot be learnt.</summary>
    public QueueStatus? Requests { get; init; }

    /// <summary>What waits for chatDs; null where it cannot be learnt.</summary>
    public QueueStatus? Results { get; init; }

    /// <summary>The deadline of a request that this daemon asks, in milliseconds.</summary>
    public required int RequestTimeoutMs { get; init; }

    /// <summary>How long a command may run in this daemon, in milliseconds.</summary>
    public required int HandlerTimeoutMs { get; init; }

    /// <summary>How often it shows the others that it lives, in milliseconds.</summary>
    public required int HeartbeatMs { get; init; }

    /// <summary>After how long a silence another counts as gone, in milliseconds.</summary>
    public required int LeaseMs { get; init; }

    /// <summary>The asking side; null in a channelD.</summary>
    public AskingStatus? Asking { get; init; }

    /// <summary>The answering side; null in a chatD.</summary>
    public AnsweringStatus? Answering { get; init; }
}
