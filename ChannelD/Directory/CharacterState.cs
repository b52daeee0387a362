namespace ChannelD.Directory;

/// <summary>Where a character is, apart from the name of its map.</summary>
public enum CharacterState
{
    /// <summary>It stands in its map.</summary>
    InMap = 1,

    /// <summary>It is in the cash shop; its map is the one to which it returns.</summary>
    CashShop = 2,

    /// <summary>It is loading its map.</summary>
    InTransfer = 3,
}
