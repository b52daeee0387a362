using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Idle;
using Shared.Protocol.Transport.ResultPath;
using Shared.Protocol.Transport.Ring;
using Shared.Protocol.Transport.SysV;

namespace Shared.Protocol.Hosting.Ipc;

/// <summary>From options to an open transport.</summary>
internal static class Mechanisms
{
    /// <summary>Opens what <see cref="IpcOptions.Transport"/> says.</summary>
    /// <param name="options">The options, which were validated.</param>
    /// <param name="claim">Which daemon this is.</param>
    /// <param name="carriesSessions">Whether the wire is the daemons' own.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="loggers">Makes loggers.</param>
    /// <exception cref="ResourceRefusedException">It is another's, there is no room for it, or this daemon runs already.</exception>
    internal static ITransport Open(IpcOptions options, DaemonClaim claim, bool carriesSessions, TimeProvider time, ILoggerFactory loggers)
    {
        if (options.Transport == TransportKind.Ring)
        {
            return RingTransport.Open(ToRing(options, claim), loggers.CreateLogger<RingTransport>());
        }

        ITransport queues = SysVTransport.Open(ToSysV(options, claim, carriesSessions), loggers.CreateLogger<SysVTransport>());
        return options.ResultPath == ResultPathKind.Socket && carriesSessions ? ResultSockets.AddTo(queues, options, time, loggers) : queues;
    }

    private static RingTransportOptions ToRing(IpcOptions options, DaemonClaim claim) => new()
    {
        Key = options.RequestKey,
        Claim = claim,
        Folder = options.RingFolder,
        RingBytes = options.RingBytes,
        Mode = options.ModeBits,
        GroupId = options.GroupId,
        AllowedOwnerUids = PeersOf(options),
        IdleStrategy = IdleStrategies.For(options.SpinUs),
    };

    private static SysVTransportOptions ToSysV(IpcOptions options, DaemonClaim claim, bool carriesSessions) => new()
    {
        RequestKey = options.RequestKey,
        ResultKey = options.EffectiveResultKey,
        SingleQueue = options.SingleQueue,
        Claim = claim,
        Mode = options.ModeBits,
        GroupId = options.GroupId,
        AllowedOwnerUids = PeersOf(options),
        DesiredQueueBytes = options.QueueBytes,
        WireIsForeign = !carriesSessions,
        IdleStrategy = IdleStrategies.For(options.SpinUs),
    };

    private static uint[] PeersOf(IpcOptions options) => options.PeerUserId is { } peer ? [peer] : [];
}
