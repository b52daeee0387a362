namespace ChannelD.State.Rules;

/// <summary>An invitation to a party.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="UntilUtc">Until when it can be accepted.</param>
internal readonly record struct Invitation(long PartyId, DateTimeOffset UntilUtc);
