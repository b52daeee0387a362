namespace ChannelD.Finding;

/// <summary>What a seeker is told.</summary>
/// <param name="Code">One of <see cref="FindCodes"/>.</param>
/// <param name="Reason">Why; not for the player.</param>
/// <param name="Map">The target's map with <see cref="FindCodes.SameMap"/>, otherwise empty.</param>
/// <param name="Channel">The target's channel with <see cref="FindCodes.OtherChannel"/>, otherwise 0.</param>
public readonly record struct FindAnswer(string Code, FindReason Reason, string Map, int Channel);
