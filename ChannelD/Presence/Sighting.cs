using ChannelD.Directory;

namespace ChannelD.Presence;

/// <summary>What is known of a character, and how.</summary>
/// <param name="Character">The character.</param>
/// <param name="Source">From whom.</param>
/// <param name="AgeMs">How long ago its channelD last said what it has, in milliseconds; 0 for an own one.</param>
public readonly record struct Sighting(Character Character, SightingSource Source, long AgeMs);
