namespace Shared.Protocol.Messages.Commands;

/// <summary>Codes that any command can be answered with, or a log-in. Part of the contract with clients; never changed.</summary>
public static class CommonCodes
{
    /// <summary>Error: the line names no command.</summary>
    public const string UnknownCommand = "unknown_command";

    /// <summary>Error: the argument is missing or not valid; the text tells how the command is typed.</summary>
    public const string Usage = "usage";

    /// <summary>Error: the line, its argument or the result is too long; from a command the argument is the most characters allowed.</summary>
    public const string TooLarge = "too_large";

    /// <summary>Error: the player sends lines faster than allowed.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>Error: only a character in the game can do this, and the asker has none.</summary>
    public const string NoSession = "no_session";

    /// <summary>Error at log-in: the name is not allowed.</summary>
    public const string BadName = "bad_name";

    /// <summary>Error at log-in: the map's name is not allowed.</summary>
    public const string BadMap = "bad_map";

    /// <summary>Error at log-in: there is no such channel.</summary>
    public const string BadChannel = "bad_channel";

    /// <summary>Error at log-in: a character of this name is in the game.</summary>
    public const string NameTaken = "name_taken";

    /// <summary>Error at log-in: this session plays another character.</summary>
    public const string AlreadyIn = "already_in";

    /// <summary>Busy at log-in: as many characters as allowed are in the game.</summary>
    public const string ChannelFull = "channel_full";
}
