using Shared.Protocol.Transport.ResultPath;

namespace IpcBench.Mechanisms.Library;

/// <summary>Requests and results over System V queues, through the library.</summary>
internal sealed class SysVLibraryMechanism() : QueueLibraryMechanism(ResultPathKind.Queue)
{
    internal override string Id => "sysv";

    internal override string Title => "System V queue";
}
