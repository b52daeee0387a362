using Shared.Protocol.Interop.Linux;

namespace Faults.Calls;

/// <summary>
/// What each call can fail with: the manual pages msgop(2), msgget(2), msgctl(2), semop(2), semget(2) and semctl(2), and for every call what a
/// seccomp filter answers with (EPERM, ENOSYS). EINTR is not here: the wrappers make an interrupted call again, so it never reaches the transport.
/// </summary>
internal static class CallErrors
{
    private static readonly Errno[] s_control = [Errno.EACCES, Errno.EFAULT, Errno.EIDRM, Errno.EINVAL, Errno.EPERM, Errno.ENOSYS];

    internal static IReadOnlyList<Errno> Of(CallKind kind) => kind switch
    {
        CallKind.QueueGet => [Errno.EACCES, Errno.EEXIST, Errno.ENOENT, Errno.ENOMEM, Errno.ENOSPC, Errno.EPERM, Errno.ENOSYS],
        CallKind.QueueSend => [Errno.EACCES, Errno.EAGAIN, Errno.EFAULT, Errno.EIDRM, Errno.EINVAL, Errno.ENOMEM, Errno.EPERM, Errno.ENOSYS],
        CallKind.QueueReceive => [Errno.E2BIG, Errno.EACCES, Errno.EFAULT, Errno.EIDRM, Errno.EINVAL, Errno.ENOMSG, Errno.EPERM, Errno.ENOSYS],
        CallKind.SetGet =>
            [Errno.EACCES, Errno.EEXIST, Errno.EINVAL, Errno.ENOENT, Errno.ENOMEM, Errno.ENOSPC, Errno.EPERM, Errno.ENOSYS],
        CallKind.SetOperate =>
            [Errno.E2BIG, Errno.EACCES, Errno.EAGAIN, Errno.EFAULT, Errno.EFBIG, Errno.EIDRM, Errno.EINVAL, Errno.ENOMEM, Errno.ERANGE, Errno.EPERM, Errno.ENOSYS],
        CallKind.SetSetValue => [.. s_control, Errno.ERANGE],
        _ => s_control,
    };
}
