namespace Shared.Protocol.Administration;

/// <summary>A character of a channelD.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Map">Its map.</param>
/// <param name="State"><c>in_map</c>, <c>cash_shop</c> or <c>in_transfer</c>.</param>
/// <param name="Tier">0 for a player, from 1 for a game master.</param>
/// <param name="Hidden">Whether those below its tier are not to know that it is there.</param>
/// <param name="ChatInstance">The number of its chatD.</param>
/// <param name="SessionId">The number of its session there.</param>
/// <param name="InForMs">How long ago it entered this channelD, in milliseconds.</param>
/// <param name="MutedUntil">Until when it may not speak; null where it may.</param>
/// <param name="MutedBy">Who has muted it, as <see cref="MuteFacts.By"/>; null where it may speak, or that is not known.</param>
/// <param name="MutedAt">When; null where it may speak, or that is not known.</param>
public sealed record CharacterStatus(
    string Name,
    int Channel,
    string Map,
    string State,
    int Tier,
    bool Hidden,
    int ChatInstance,
    int SessionId,
    long InForMs,
    DateTimeOffset? MutedUntil = null,
    string? MutedBy = null,
    DateTimeOffset? MutedAt = null);
