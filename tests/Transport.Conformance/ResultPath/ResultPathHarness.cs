using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.ResultPath;
using Transport.Conformance.Contract;
using Transport.Conformance.SysV;
using Transport.Conformance.Unix;

namespace Transport.Conformance.ResultPath;

public sealed class ResultPathHarness : TransportHarness
{
    private readonly SysVHarness _queues = new(singleQueue: false);

    public UnixHarness Sockets { get; } = new();

    public override bool IsClean => _queues.IsClean && Sockets.IsClean;

    public override ITransport Open(DaemonClaim claim) => new ResultPathTransport(
        _queues.Open(claim), Sockets.OpenUnix(), NullLogger<ResultPathTransport>.Instance);

    public ITransport OpenQueuesOnly(DaemonClaim claim) => _queues.Open(claim);

    protected override void Dispose(bool disposing)
    {
        _queues.Dispose();
        Sockets.Dispose();
    }
}
