using System.Globalization;
using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Speech;
using Microsoft.Extensions.Options;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChannelD.Administration;

/// <summary>channelD's part of the status: its game, and the other channelDs that it has heard of.</summary>
internal sealed class ChannelStatusContributor(
    IOptions<ChannelOptions> options, CharacterDirectory directory, ReplicaDirectory replicas, TraceTaps taps, TimeProvider time) : IStatusContributor
{
    private readonly MonotonicClock _clock = new(time);

    /// <inheritdoc/>
    public DaemonStatus AddTo(DaemonStatus status)
    {
        ChannelOptions set = options.Value;
        return status with
        {
            Peers = [.. status.Peers, .. Enumerable.Range(0, Mailbox.MaxInstance + 1).Select(replicas.OwnerOf).OfType<ReplicaOwner>().Select(Describe)],
            Channel = new ChannelStatus(
                set.Id, set.MaxChannel, directory.Count, set.MaxCharacters, set.State.ToString().ToLowerInvariant(), taps.Count),
        };
    }

    private PeerStatus Describe(ReplicaOwner owner) => new(
        "channelD",
        owner.Instance,
        owner.IsLive ? PeerStates.Up : PeerStates.Down,
        owner.Generation.ToString("x16", CultureInfo.InvariantCulture),
        owner.LastHeardNs == 0 ? null : Math.Max(0, _clock.NowNs - owner.LastHeardNs) / 1_000_000,
        owner.Count);
}
