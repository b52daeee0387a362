namespace Shared.Protocol.Administration;

/// <summary>What a channelD knows of a character, and what it tells players who look for it.</summary>
public sealed record FindAnswer
{
    /// <summary>The channel of the channelD that answers.</summary>
    public required int AskedChannel { get; init; }

    /// <summary>The name, as its owner spells it where the character is known, else as it was asked for.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is in the game, as far as this channelD knows.</summary>
    public required bool Found { get; init; }

    /// <summary>What the decision table says to the highest tier, as a word: <c>same_channel</c>, <c>lease_expired</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The code that a player of this channel is answered with: <c>same_map</c>, <c>not_found</c>.</summary>
    public required string PlayerCode { get; init; }

    /// <summary>Why the player is answered so.</summary>
    public required string PlayerReason { get; init; }

    /// <summary>How this is known: <c>own</c>, <c>replica</c>, <c>expired</c> or <c>none</c>.</summary>
    public required string Source { get; init; }

    /// <summary>How old it is, in milliseconds; 0 for an own character, null where nothing is known.</summary>
    public long? AgeMs { get; init; }

    /// <summary>Its channel; null where nothing is known.</summary>
    public int? Channel { get; init; }

    /// <summary>Its map; null where nothing is known.</summary>
    public string? Map { get; init; }

    /// <summary><c>in_map</c>, <c>cash_shop</c> or <c>in_transfer</c>; null where nothing is known.</summary>
    public string? State { get; init; }

    /// <summary>Whether it hides; null where nothing is known.</summary>
    public bool? Hidden { get; init; }

    /// <summary>Its tier; null where nothing is known.</summary>
    public int? Tier { get; init; }

    /// <summary>The number of its chatD; null where nothing is known.</summary>
    public int? ChatInstance { get; init; }

    /// <summary>The number of its session there; null where nothing is known.</summary>
    public int? SessionId { get; init; }

    /// <summary>Its mute, whether it is in the game or not; null where it may speak.</summary>
    public MuteFacts? Mute { get; init; }

    /// <summary>True where the kept state could not be asked for the mute; else null.</summary>
    public bool? MuteUnknown { get; init; }
}
