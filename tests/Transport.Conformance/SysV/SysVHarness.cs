using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Idle;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Ipc;
using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVHarness(bool singleQueue, int spinUs = 0) : TransportHarness
{
    public UniqueIpcKeys Keys { get; } = new();

    public override bool IsClean => Keys.AreUnused;

    public override ITransport Open(DaemonClaim claim) => SysVTransport.Open(
        new SysVTransportOptions { RequestKey = Keys.RequestKey, SingleQueue = singleQueue, Claim = claim, IdleStrategy = IdleStrategies.For(spinUs) },
        NullLogger<SysVTransport>.Instance);

    protected override void Dispose(bool disposing) => Keys.Dispose();
}
