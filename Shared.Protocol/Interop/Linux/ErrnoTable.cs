namespace Shared.Protocol.Interop.Linux;

/// <summary>Error numbers in words, as they stand in messages to an operator: <c>EACCES (13): permission denied</c>.</summary>
internal static class ErrnoTable
{
    /// <summary>Name, number and meaning. A number that is not in the table keeps its number.</summary>
    internal static string Describe(Errno error) => error switch
    {
        Errno.None => "no error",
        Errno.EPERM => Row(error, "operation not permitted"),
        Errno.ENOENT => Row(error, "no such object"),
        Errno.ESRCH => Row(error, "no such process"),
        Errno.EINTR => Row(error, "interrupted by a signal"),
        Errno.E2BIG => Row(error, "the message is larger than the buffer, or too many operations"),
        Errno.EAGAIN => Row(error, "would have to wait"),
        Errno.ENOMEM => Row(error, "the kernel has no memory for it"),
        Errno.EACCES => Row(error, "permission denied"),
        Errno.EFAULT => Row(error, "bad address"),
        Errno.EEXIST => Row(error, "the object is there already"),
        Errno.EINVAL => Row(error, "invalid argument, or the object was removed"),
        Errno.EMFILE => Row(error, "this process has as many descriptors as it may"),
        Errno.EFBIG => Row(error, "no such semaphore in the set"),
        Errno.ENOSPC => Row(error, "no room is left: on the device, or for another object of the system"),
        Errno.EPIPE => Row(error, "the other side has closed"),
        Errno.ERANGE => Row(error, "a semaphore's value would be out of range"),
        Errno.ENAMETOOLONG => Row(error, "the path is too long"),
        Errno.ENOSYS => Row(error, "the call is not there: not built into the kernel, or filtered"),
        Errno.ELOOP => Row(error, "it is a symbolic link"),
        Errno.ENOMSG => Row(error, "no message of that type"),
        Errno.EIDRM => Row(error, "the object was removed"),
        Errno.EMSGSIZE => Row(error, "the message is larger than the socket's buffer"),
        Errno.EOPNOTSUPP => Row(error, "this kind of file system or object cannot do it"),
        Errno.ECONNRESET => Row(error, "the other side has closed, and had not read all"),
        Errno.ENOBUFS => Row(error, "the kernel has no buffer for it"),
        Errno.ENOTCONN => Row(error, "the socket is not connected"),
        Errno.ETIMEDOUT => Row(error, "the time is over"),
        Errno.ECONNREFUSED => Row(error, "nobody listens there"),
        _ => $"errno {(int)error}",
    };

    /// <summary>The name alone, e.g. <c>EAGAIN</c>; <c>other</c> for a number that has none here.</summary>
    internal static string NameOf(Errno error) => Enum.GetName(error) ?? "other";

    private static string Row(Errno error, string meaning) => $"{error} ({(int)error}): {meaning}";
}
