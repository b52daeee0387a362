namespace Shared.Protocol.Administration;

/// <summary>Another daemon, as one knows it.</summary>
/// <param name="Daemon">Its name: <c>chatD</c> or <c>channelD</c>.</param>
/// <param name="Instance">Its number among those of its kind, from 0.</param>
/// <param name="State">One of <see cref="PeerStates"/>.</param>
/// <param name="Generation">The random number of its run, in hexadecimal; null where none is known.</param>
/// <param name="HeardMsAgo">How long ago it was heard of, in milliseconds; null for never.</param>
/// <param name="Characters">How many characters it has told of, where it is a channelD and this one too; else null.</param>
public sealed record PeerStatus(string Daemon, int Instance, string State, string? Generation = null, long? HeardMsAgo = null, int? Characters = null);
