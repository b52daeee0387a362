namespace ChannelD.Directory;

/// <summary>What came of a change of place.</summary>
public enum MoveStatus
{
    /// <summary>Done: the character is where it was to go.</summary>
    Done = 1,

    /// <summary>The character is on the way: the map is being loaded.</summary>
    Started = 2,

    /// <summary>The character is there already.</summary>
    AlreadyThere = 3,

    /// <summary>Refused: the character is in the cash shop.</summary>
    InCashShop = 4,

    /// <summary>Refused: the character is in transfer.</summary>
    InTransfer = 5,

    /// <summary>There is no such session.</summary>
    NoSession = 6,
}
