using Microsoft.Extensions.Logging;
using Shared.Protocol.Hosting.Ipc.Beacons;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Idle;
using Shared.Protocol.Transport.ResultPath;
using Shared.Protocol.Transport.Unix;

namespace Shared.Protocol.Hosting.Ipc;

/// <summary>Puts the sockets of results beside the queues, where there is a folder for them.</summary>
internal static class ResultSockets
{
    private const string FolderName = "sockets";

    /// <summary>The transport to use: with sockets, or as it was, and why is logged.</summary>
    /// <param name="queues">The queues, which go over to what is returned.</param>
    /// <param name="options">Key, folder and group.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="loggers">Makes loggers.</param>
    internal static ITransport AddTo(ITransport queues, IpcOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        List<string> reasons = [];
        foreach (string candidate in BeaconFolder.Candidates(options.RuntimeFolder))
        {
            try
            {
                return new ResultPathTransport(queues, Open(candidate, options, time, loggers), loggers.CreateLogger<ResultPathTransport>());
            }
            catch (ResourceRefusedException refusal)
            {
                reasons.Add(refusal.Message);
            }
        }

        HostingLog.NoSocketFolder(loggers.CreateLogger<IpcNode>(), string.Join("; ", reasons));
        return queues;
    }

    private static UnixTransport Open(string runtimeFolder, IpcOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        BeaconFolder parent = BeaconFolder.TryOpen(runtimeFolder, options.GroupId, out string reason, peerUser: options.PeerUserId) ?? throw new ResourceRefusedException(reason);
        BeaconFolder folder = BeaconFolder.TryOpen(Path.Combine(parent.Path, FolderName), options.GroupId, out reason, options.GroupId is not null, options.PeerUserId)
            ?? throw new ResourceRefusedException(reason);
        return UnixTransport.Open(
            new UnixTransportOptions
            {
                Folder = folder.Path,
                Key = options.RequestKey,
                AllowedUids = options.PeerUserId is { } peer ? [peer] : [],
                GroupId = options.GroupId,
                MaxFrameBytes = options.MaxResultBytes,
                IdleStrategy = IdleStrategies.For(options.SpinUs),
            },
            time,
            loggers.CreateLogger<UnixTransport>());
    }
}
