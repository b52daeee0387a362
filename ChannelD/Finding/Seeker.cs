namespace ChannelD.Finding;

/// <summary>What the decision depends on in whoever asks.</summary>
/// <param name="Channel">The channel it plays in; an asker without a session counts as a player of the answering channelD's own.</param>
/// <param name="Tier">0 for a player, from 1 for a game master.</param>
public readonly record struct Seeker(int Channel, int Tier = 0);
