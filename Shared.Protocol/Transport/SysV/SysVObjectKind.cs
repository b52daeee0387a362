namespace Shared.Protocol.Transport.SysV;

/// <summary>The two kinds of kernel objects that the transport uses.</summary>
internal enum SysVObjectKind
{
    Queue = 1,
    SemaphoreSet,
}
