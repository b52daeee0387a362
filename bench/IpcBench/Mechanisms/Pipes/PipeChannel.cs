using IpcBench.Exchanging;
using IpcBench.Interop;
using Microsoft.Win32.SafeHandles;

namespace IpcBench.Mechanisms.Pipes;

/// <summary>One side of a pair of pipes, which it owns. Whether writing waits is set on the descriptor.</summary>
internal sealed class PipeChannel(SafeFileHandle read, SafeFileHandle write) : StreamChannel
{
    /// <inheritdoc/>
    public override void Dispose()
    {
        read.Dispose();
        write.Dispose();
    }

    /// <inheritdoc/>
    protected override int Read(Span<byte> buffer) => Descriptors.Read(read, buffer);

    /// <inheritdoc/>
    protected override int WriteSome(ReadOnlySpan<byte> bytes) => Descriptors.Write(write, bytes);

    /// <inheritdoc/>
    protected override int WriteWaiting(ReadOnlySpan<byte> bytes) => Descriptors.Write(write, bytes);
}
