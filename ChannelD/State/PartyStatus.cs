namespace ChannelD.State;

/// <summary>What came of an operation on a party. Everything but <see cref="Done"/> and <see cref="Dissolved"/> has changed nothing.</summary>
public enum PartyStatus
{
    /// <summary>Done.</summary>
    Done = 1,

    /// <summary>Done, and as nobody is left the party is no more.</summary>
    Dissolved = 2,

    /// <summary>The asker is in a party already.</summary>
    InParty = 3,

    /// <summary>The asker is in no party.</summary>
    NotInParty = 4,

    /// <summary>Only the leader may do this.</summary>
    NotLeader = 5,

    /// <summary>The party has as many members as it may.</summary>
    Full = 6,

    /// <summary>The other is a member of this party already.</summary>
    AlreadyMember = 7,

    /// <summary>The other is in another party.</summary>
    OtherInParty = 8,

    /// <summary>The other has an invitation of another party that is still good.</summary>
    OtherIsInvited = 9,

    /// <summary>The other is no member of this party.</summary>
    NotMember = 10,

    /// <summary>The asker has no invitation, or it is over.</summary>
    NoInvitation = 11,
}
