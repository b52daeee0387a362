using System.Runtime.InteropServices;

namespace IpcBench.Interop;

/// <summary><c>sys/socket.h</c>: one call of the kernel for a message, as C makes it.</summary>
internal static unsafe partial class SocketCalls
{
    internal const int MSG_DONTWAIT = 0x40;
    internal const int MSG_NOSIGNAL = 0x4000;

    /// <summary>Waits for a message, or for some bytes of a stream; 0 where the other side has closed.</summary>
    internal static int Receive(SafeHandle socket, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                nint length = recv(socket, bytes, (nuint)buffer.Length, 0);
                if (length >= 0)
                {
                    return (int)length;
                }

                if (Marshal.GetLastPInvokeError() != LibC.EINTR)
                {
                    throw LibC.Failed("recv");
                }
            }
        }
    }

    /// <summary>Sends what fits; 0 where nothing does and the flags forbid to wait.</summary>
    internal static int Send(SafeHandle socket, ReadOnlySpan<byte> buffer, int flags)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                nint length = send(socket, bytes, (nuint)buffer.Length, flags | MSG_NOSIGNAL);
                if (length >= 0)
                {
                    return (int)length;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case LibC.EINTR:
                        continue;
                    case LibC.EAGAIN:
                        return 0;
                    default:
                        throw LibC.Failed("send");
                }
            }
        }
    }

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial nint recv(SafeHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial nint send(SafeHandle socket, byte* buffer, nuint length, int flags);
}
