namespace Shared.Protocol.Requests;

/// <summary>What may wait in all, and what does, over the <see cref="FairFrames"/> of all mailboxes. Guarded by their owner's lock.</summary>
/// <param name="maxCount">How many frames may wait.</param>
/// <param name="maxBytes">How many bytes may wait.</param>
internal sealed class PendingRoom(int maxCount, long maxBytes)
{
    /// <summary>How many frames may wait.</summary>
    public int MaxCount { get; } = maxCount;

    /// <summary>How many bytes may wait.</summary>
    public long MaxBytes { get; } = maxBytes;

    /// <summary>How many wait.</summary>
    public int Count { get; set; }

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; set; }

    /// <summary>How many mailboxes share it.</summary>
    public int Sharers { get; set; }
}
