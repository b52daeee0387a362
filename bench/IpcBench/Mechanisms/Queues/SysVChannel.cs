using System.Runtime.InteropServices;
using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.Queues;

/// <summary>One side of a pair of System V queues. They are removed by whoever made them, not here.</summary>
/// <param name="readId">The queue that this side reads.</param>
/// <param name="writeId">The queue that it writes to.</param>
/// <param name="spins">Whether it waits without sleeping.</param>
internal sealed class SysVChannel(int readId, int writeId, bool spins) : IFrameChannel
{
    private const long Type = 1;

    private readonly byte[] _sent = new byte[SysVQueues.TypeBytes + Load.MaxSizeBytes];
    private readonly byte[] _received = new byte[SysVQueues.TypeBytes + Load.MaxSizeBytes];

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> message) => Send(message, wait: false);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message) => Send(message, wait: true);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive()
    {
        int length = SysVQueues.Receive(readId, _received, Type, spins);
        return _received.AsSpan(SysVQueues.TypeBytes, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private bool Send(ReadOnlySpan<byte> message, bool wait)
    {
        long type = Type;
        MemoryMarshal.Write(_sent, in type);
        message.CopyTo(_sent.AsSpan(SysVQueues.TypeBytes));
        return SysVQueues.Send(writeId, _sent.AsSpan(0, SysVQueues.TypeBytes + message.Length), wait);
    }
}
