namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// The error numbers of Linux that this code tells apart (<c>errno.h</c>; the same on x86-64 and arm64).
/// <see cref="ErrnoTable"/> has their meaning in words.
/// </summary>
internal enum Errno
{
    None = 0,
    EPERM = 1,
    ENOENT = 2,
    ESRCH = 3,
    EINTR = 4,
    E2BIG = 7,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EFAULT = 14,
    EEXIST = 17,
    EINVAL = 22,
    EMFILE = 24,
    EFBIG = 27,
    ENOSPC = 28,
    EPIPE = 32,
    ERANGE = 34,
    ENAMETOOLONG = 36,
    ENOSYS = 38,
    ELOOP = 40,
    ENOMSG = 42,
    EIDRM = 43,
    EMSGSIZE = 90,
    EOPNOTSUPP = 95,
    ECONNRESET = 104,
    ENOBUFS = 105,
    ENOTCONN = 107,
    ETIMEDOUT = 110,
    ECONNREFUSED = 111,
}
