using Shared.Protocol.Transport;
using Shared.Protocol.Transport.InMemory;
using Transport.Conformance.Contract;

namespace Transport.Conformance.InMemory;

public sealed class InMemoryHarness(bool isShared) : TransportHarness
{
    private readonly InMemoryBus _bus = new(isShared: isShared);

    public override bool IsClean => _bus.AttachedCount == 0;

    public override ITransport Open(DaemonClaim claim) => _bus.Attach(claim);

    protected override void Dispose(bool disposing)
    {
    }
}
