namespace ChannelD.Directory;

/// <summary>Some of those in a map.</summary>
/// <param name="Names">Display names, sorted by key, up to the limit that was asked for.</param>
/// <param name="Total">How many there are in all.</param>
public readonly record struct RoomList(IReadOnlyList<string> Names, int Total);
