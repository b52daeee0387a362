using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>What an operator can do about a call that the kernel refuses, where the call itself does not tell.</summary>
internal static class SysVAdvice
{
    /// <summary>One sentence or two; to stand behind <see cref="ErrnoTable.Describe"/>.</summary>
    internal static string For(Errno error) => error switch
    {
        Errno.ENOSYS or Errno.EPERM => "A seccomp filter or service setting such as `SystemCallFilter=~@ipc` forbids the call, or a security module does: see `dmesg`.",
        Errno.EACCES => "A security module (SELinux, AppArmor) forbids it: see `dmesg` and `ausearch -m avc`.",
        Errno.ENOMEM => "The host or the memory limit of the service (`MemoryMax=`, `docker run --memory`) has no room left: see `free -m`.",
        Errno.EAGAIN => "Another daemon of this key holds it: see `ipcs -s`, and whether a daemon is stopped (`ps -o pid,stat,cmd -C dotnet`).",
        _ => "See `ipcs -l` for the limits of this system, and `dmesg`.",
    };
}
