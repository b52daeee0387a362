namespace Shared.Protocol.Transport;

/// <summary>What carries the frames between the daemons (<c>Ipc:Transport</c>).</summary>
public enum TransportKind
{
    /// <summary>System V message queues. The default: what C programs speak, and what the kernel keeps apart from both daemons.</summary>
    SysV = 1,

    /// <summary>Rings in shared memory: no system call for a frame while its reader is awake.</summary>
    Ring,
}
