using System.Net.Sockets;
using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.Sockets;

/// <summary>One side of a stream socket, which it owns; .NET opens it, and the bytes go by the calls of the kernel.</summary>
internal sealed class SocketStreamChannel(Socket socket) : StreamChannel
{
    private readonly SafeSocketHandle _handle = socket.SafeHandle;

    /// <inheritdoc/>
    public override void Dispose() => socket.Dispose();

    /// <inheritdoc/>
    protected override int Read(Span<byte> buffer) => SocketCalls.Receive(_handle, buffer);

    /// <inheritdoc/>
    protected override int WriteSome(ReadOnlySpan<byte> bytes) => SocketCalls.Send(_handle, bytes, SocketCalls.MSG_DONTWAIT);

    /// <inheritdoc/>
    protected override int WriteWaiting(ReadOnlySpan<byte> bytes) => SocketCalls.Send(_handle, bytes, flags: 0);
}
