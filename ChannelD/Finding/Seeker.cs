namespace ChannelD.Finding;

/// <summary>What the decision depends on in whoever asks.</summary>
/// <param name="Channel">The channel it plays in; an asker without a session counts as a player of the answering channelD's own.</param>
public readonly record struct Seeker(int Channel);
