namespace ChannelD.State;

/// <summary>How much is kept of a character.</summary>
public static class StateLimits
{
    /// <summary>
    /// The most names in one list of a character. A whole list has to fit into one line of an answer, and the blocked into one small frame to chatD.
    /// </summary>
    public const int MaxNames = 50;

    /// <summary>The most characters of a party, as in the game that players know.</summary>
    public const int MaxPartyMembers = 6;

    /// <summary>The most UTF-16 units of a mute's reason: it is read as one line.</summary>
    public const int MaxReasonChars = 100;

    /// <summary>The most UTF-16 units of who has muted somebody: an operator's name, or a character's, which is shorter.</summary>
    public const int MaxIssuerChars = 100;

    /// <summary>How long an invitation to a party can be accepted.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromSeconds(60);
}
