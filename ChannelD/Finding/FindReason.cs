namespace ChannelD.Finding;

/// <summary>Why a search ended as it did: for log and metric, and finer than the code that the player gets.</summary>
public enum FindReason
{
    /// <summary>The target stands in a map of the seeker's channel.</summary>
    SameChannel = 1,

    /// <summary>The target stands in a map of another channel.</summary>
    OtherChannel = 2,

    /// <summary>The target is in the cash shop.</summary>
    CashShop = 3,

    /// <summary>The target is loading a map.</summary>
    InTransfer = 4,

    /// <summary>Nobody of this name is in the game.</summary>
    NotInGame = 5,

    /// <summary>The target is hidden from those of the seeker's tier.</summary>
    Hidden = 6,

    /// <summary>The channelD that last told of the target has been silent for too long.</summary>
    LeaseExpired = 7,
}
