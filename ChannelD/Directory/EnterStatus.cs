namespace ChannelD.Directory;

/// <summary>What came of entering the game.</summary>
public enum EnterStatus
{
    /// <summary>The character has entered.</summary>
    Entered = 1,

    /// <summary>This session plays this character already; nothing has changed.</summary>
    WasThere = 2,

    /// <summary>Another session plays a character of this name.</summary>
    NameTaken = 3,

    /// <summary>This session plays another character.</summary>
    PlaysAnother = 4,

    /// <summary>As many characters as allowed are in the game.</summary>
    Full = 5,
}
