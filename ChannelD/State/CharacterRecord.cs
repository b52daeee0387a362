using ChannelD.Moderation;

namespace ChannelD.State;

/// <summary>All that is kept of a character, as it was at one moment.</summary>
/// <param name="Key">Its name key.</param>
/// <param name="Version">The number of the last change that concerned it; 0 for none. Of two records the one with the higher is the later.</param>
/// <param name="Mute">Its mute, which may be over; null for none.</param>
/// <param name="Blocks">Whom it blocks, in the order in which they were added.</param>
/// <param name="Buddies">Its friends, in the order in which they were added.</param>
/// <param name="BlockingBuddies">The keys of those among its friends who block it.</param>
/// <param name="Party">Its party; null for none.</param>
public sealed record CharacterRecord(
    string Key,
    long Version,
    Mute? Mute,
    IReadOnlyList<KeptName> Blocks,
    IReadOnlyList<KeptName> Buddies,
    IReadOnlyList<string> BlockingBuddies,
    Party? Party);
