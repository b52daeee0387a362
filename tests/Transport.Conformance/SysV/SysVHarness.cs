using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Ipc;
using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVHarness(bool singleQueue) : TransportHarness
{
    public UniqueIpcKeys Keys { get; } = new();

    public override bool IsClean => Keys.AreUnused;

    public override ITransport Open(DaemonClaim claim) => SysVTransport.Open(
        new SysVTransportOptions { RequestKey = Keys.RequestKey, SingleQueue = singleQueue, Claim = claim },
        NullLogger<SysVTransport>.Instance);

    protected override void Dispose(bool disposing) => Keys.Dispose();
}
