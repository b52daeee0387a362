namespace IpcBench.Exchanging;

/// <summary>
/// One side of a mechanism that carries messages both ways, in order. Used by one thread. What it waits for has no deadline of its own: the process that
/// started both sides has one, and ends them.
/// </summary>
internal interface IFrameChannel : IDisposable
{
    /// <summary>Takes a message without waiting; false where there is no room. The asking side sends so: one that waited for room would not read the results that make it.</summary>
    bool TrySend(ReadOnlySpan<byte> message);

    /// <summary>Sends a message and waits for room. The answering side sends so.</summary>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Waits for the next message. Its bytes are valid until the next call; empty where the other side has closed.</summary>
    ReadOnlySpan<byte> Receive();
}
