using Shared.Protocol.Names;

namespace ChannelD.Directory;

/// <summary>What the directory knew of a character at the moment of the question. A copy: it does not change afterwards.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Session">The session that plays it.</param>
/// <param name="Channel">Its channel, from 1.</param>
/// <param name="Map">Its map.</param>
/// <param name="State">Where it is.</param>
public readonly record struct Character(CharacterName Name, SessionId Session, int Channel, MapName Map, CharacterState State);
