using System.Net.Sockets;
using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.Sockets;

/// <summary>One side of a socket that keeps the bounds of messages, which it owns.</summary>
internal sealed class SocketMessageChannel(Socket socket) : IFrameChannel
{
    private readonly SafeSocketHandle _handle = socket.SafeHandle;
    private readonly byte[] _received = new byte[Load.MaxSizeBytes];

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> message) => SocketCalls.Send(_handle, message, SocketCalls.MSG_DONTWAIT) > 0;

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message) => SocketCalls.Send(_handle, message, flags: 0);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive() => _received.AsSpan(0, SocketCalls.Receive(_handle, _received));

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
