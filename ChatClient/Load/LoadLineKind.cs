namespace ChatClient.Load;

/// <summary>What a player of a load can type.</summary>
public enum LoadLineKind
{
    /// <summary>Searches another player of the load.</summary>
    Find = 0,

    /// <summary>Says something to the map.</summary>
    Say,

    /// <summary>Whispers to another player of the load.</summary>
    Whisper,

    /// <summary>Asks who is in the map.</summary>
    Who,
}
