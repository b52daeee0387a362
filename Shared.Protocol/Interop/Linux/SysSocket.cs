using System.Runtime.InteropServices;
using System.Text;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/socket.h</c> and <c>sys/un.h</c>: Unix sockets that keep the bounds of messages (SOCK_SEQPACKET). None of these calls waits.</summary>
internal static unsafe partial class SysSocket
{
#pragma warning disable IDE1006 // C's names.
    internal const int AF_UNIX = 1;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int SOL_SOCKET = 1;
    internal const int SO_SNDBUF = 7;
    internal const int SO_PEERCRED = 17;
    internal const int MSG_TRUNC = 0x20;
    internal const int MSG_DONTWAIT = 0x40;
    internal const int MSG_NOSIGNAL = 0x4000;
#pragma warning restore IDE1006

    // struct sockaddr_un: the family, and a path that ends with a NUL.
    internal const int PathOffset = 2;
    internal const int AddressBytes = 110;

    /// <summary>The longest path of a socket, in bytes.</summary>
    internal const int MaxPathBytes = AddressBytes - PathOffset - 1;

    /// <summary>A socket of its own. The caller owns the descriptor.</summary>
    internal static CallResult Create()
    {
        int descriptor = socket_private(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(descriptor, errno);
    }

    /// <summary>Gives a socket a path, which must not be there. Its mode is what the umask leaves.</summary>
    internal static Errno bind(FileDescriptor socket, string path)
    {
        byte* address = stackalloc byte[AddressBytes];
        if (!TryWriteAddress(address, path))
        {
            return Errno.ENAMETOOLONG;
        }

        int result = bind_private(socket, address, AddressBytes);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    /// <summary>Takes connections from here on.</summary>
    internal static Errno listen(FileDescriptor socket, int backlog)
    {
        int result = listen_private(socket, backlog);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    /// <summary>The next connection; <see cref="Errno.EAGAIN"/> where there is none. The caller owns the descriptor.</summary>
    internal static CallResult accept(FileDescriptor socket)
    {
        int descriptor = accept4_private(socket, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(descriptor, errno);
    }

    /// <summary>Connects to a path. <see cref="Errno.EAGAIN"/> where too many are waiting there already.</summary>
    internal static Errno connect(FileDescriptor socket, string path)
    {
        byte* address = stackalloc byte[AddressBytes];
        if (!TryWriteAddress(address, path))
        {
            return Errno.ENAMETOOLONG;
        }

        int result = connect_private(socket, address, AddressBytes);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    /// <summary>Sends one message, whole or not at all. <see cref="Errno.EAGAIN"/> where the buffer is full; never a SIGPIPE.</summary>
    internal static Errno send(FileDescriptor socket, byte* message, int lengthBytes)
    {
        while (true)
        {
            nint sent = send_private(socket, message, (nuint)lengthBytes, MSG_DONTWAIT | MSG_NOSIGNAL);
            int errno = Marshal.GetLastPInvokeError();
            if (sent >= 0)
            {
                return Errno.None;
            }

            if (errno != (int)Errno.EINTR)
            {
                return (Errno)errno;
            }
        }
    }

    /// <summary>
    /// The next message; the value is its length, also where it is longer than the buffer, and 0 where the other side has closed.
    /// <see cref="Errno.EAGAIN"/> where there is none.
    /// </summary>
    internal static CallResult recv(FileDescriptor socket, byte* buffer, int sizeBytes)
    {
        while (true)
        {
            nint length = recv_private(socket, buffer, (nuint)sizeBytes, MSG_DONTWAIT | MSG_TRUNC);
            int errno = Marshal.GetLastPInvokeError();
            if (length >= 0)
            {
                return new CallResult((int)length, Errno.None);
            }

            if (errno != (int)Errno.EINTR)
            {
                return new CallResult(-1, (Errno)errno);
            }
        }
    }

    /// <summary>Who is at the other end: whoever connected, or whoever listens.</summary>
    internal static Errno PeerOf(SafeHandle socket, out Ucred peer)
    {
        fixed (Ucred* value = &peer)
        {
            uint size = (uint)sizeof(Ucred);
            *value = default;
            int result = getsockopt_private(socket, SOL_SOCKET, SO_PEERCRED, value, &size);
            int errno = Marshal.GetLastPInvokeError();
            return CallResult.From(result, errno).Error;
        }
    }

    /// <summary>
    /// Asks for room for what was sent and is not read, and says how much there is now: at most twice <c>net.core.wmem_max</c>, for the kernel
    /// counts its own records as well (socket(7)).
    /// </summary>
    internal static int SetSendBuffer(FileDescriptor socket, int wantedBytes)
    {
        uint size = sizeof(int);
        _ = setsockopt_private(socket, SOL_SOCKET, SO_SNDBUF, &wantedBytes, size);
        int givenBytes = 0;
        _ = getsockopt_private(socket, SOL_SOCKET, SO_SNDBUF, &givenBytes, &size);
        return givenBytes;
    }

    private static bool TryWriteAddress(byte* address, string path)
    {
        new Span<byte>(address, AddressBytes).Clear();
        *(ushort*)address = AF_UNIX;
        return Encoding.UTF8.TryGetBytes(path, new Span<byte>(address + PathOffset, MaxPathBytes), out _);
    }

    [LibraryImport(LibC.Library, EntryPoint = "socket", SetLastError = true)]
    private static partial int socket_private(int domain, int type, int protocol);

    [LibraryImport(LibC.Library, EntryPoint = "bind", SetLastError = true)]
    private static partial int bind_private(FileDescriptor sockfd, byte* addr, uint addrlen);

    [LibraryImport(LibC.Library, EntryPoint = "listen", SetLastError = true)]
    private static partial int listen_private(FileDescriptor sockfd, int backlog);

    [LibraryImport(LibC.Library, EntryPoint = "accept4", SetLastError = true)]
    private static partial int accept4_private(FileDescriptor sockfd, byte* addr, uint* addrlen, int flags);

    [LibraryImport(LibC.Library, EntryPoint = "connect", SetLastError = true)]
    private static partial int connect_private(FileDescriptor sockfd, byte* addr, uint addrlen);

    [LibraryImport(LibC.Library, EntryPoint = "send", SetLastError = true)]
    private static partial nint send_private(FileDescriptor sockfd, byte* buf, nuint len, int flags);

    [LibraryImport(LibC.Library, EntryPoint = "recv", SetLastError = true)]
    private static partial nint recv_private(FileDescriptor sockfd, byte* buf, nuint len, int flags);

    [LibraryImport(LibC.Library, EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int getsockopt_private(SafeHandle sockfd, int level, int optname, void* optval, uint* optlen);

    [LibraryImport(LibC.Library, EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int setsockopt_private(FileDescriptor sockfd, int level, int optname, void* optval, uint optlen);
}
