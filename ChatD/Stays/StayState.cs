namespace ChatD.Stays;

/// <summary>Where a player's stay is between its beginning and its end.</summary>
internal enum StayState
{
    /// <summary>The channel is being asked to let the character in.</summary>
    LoggingIn = 0,

    /// <summary>In the game, with a connection.</summary>
    Attached,

    /// <summary>In the game, without a connection: it can be resumed, and ends when that is not done in time.</summary>
    Detached,

    /// <summary>Ended, or about to.</summary>
    Ended,
}
