using Shared.Protocol.Transport.ResultPath;

namespace IpcBench.Mechanisms.Library;

/// <summary>Requests over a System V queue and results over a seqpacket socket, through the library: the daemons' default.</summary>
internal sealed class SocketLibraryMechanism() : QueueLibraryMechanism(ResultPathKind.Socket)
{
    internal override string Id => "unix-seqpacket";

    internal override string Title => "Queue there, seqpacket back";
}
