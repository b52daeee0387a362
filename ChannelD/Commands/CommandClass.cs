namespace ChannelD.Commands;

/// <summary>Commands that share a limit of how often a player may use them.</summary>
public enum CommandClass
{
    /// <summary>Whatever has no class of its own.</summary>
    Common = 0,

    /// <summary>To the map.</summary>
    Say,

    /// <summary>To one player.</summary>
    Whisper,

    /// <summary>Searches.</summary>
    Find,

    /// <summary>To the world.</summary>
    Megaphone,

    /// <summary>To the party.</summary>
    Party,
}
