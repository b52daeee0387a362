using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.Queues;

/// <summary>One side of a pair of POSIX queues, which it owns. Whether sending waits was said when the queue was opened.</summary>
internal sealed class PosixChannel(PosixQueue read, PosixQueue write) : IFrameChannel
{
    private readonly byte[] _received = new byte[Load.MaxSizeBytes];

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> message) => write.Send(message);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message) => write.Send(message);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive() => _received.AsSpan(0, read.Receive(_received));

    /// <inheritdoc/>
    public void Dispose()
    {
        read.Dispose();
        write.Dispose();
    }
}
