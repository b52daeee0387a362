namespace ChannelD.State;

/// <summary>What came of an operation on a party.</summary>
/// <param name="Status">What.</param>
/// <param name="Party">The party afterwards, where there is one to tell of: for a decline the one that had invited.</param>
/// <param name="Other">Whom it is about besides the asker: the one removed, or a new leader. Default where there is nobody.</param>
public readonly record struct PartyResult(PartyStatus Status, Party? Party = null, KeptName Other = default);
