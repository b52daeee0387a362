using ChannelD.Directory;
using ChannelD.Events;

namespace ChannelD.Presence;

/// <summary>What presence is made of before there is a queue: for the gateway, which adds that.</summary>
/// <param name="Own">The characters of this channelD.</param>
/// <param name="Replicas">Those of the others.</param>
/// <param name="Notices">Who is told of them.</param>
/// <param name="Events">Ends the sessions that have lost their name.</param>
internal sealed record PresenceParts(CharacterDirectory Own, ReplicaDirectory Replicas, PresenceNotices Notices, IEventSink Events);
