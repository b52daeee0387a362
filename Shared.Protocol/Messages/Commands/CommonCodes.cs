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

    /// <summary>Error: the player sends lines faster than allowed; the argument is the seconds after which to try again, at least 1.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>Error: the player may not speak for now; the arguments are the minutes and the seconds of what is left, and the reason.</summary>
    public const string Muted = "muted";

    /// <summary>Error: the player hides, and would give himself away by speaking.</summary>
    public const string Hidden = "hidden";

    /// <summary>Error: what was said may not have reached everybody, for a part of the way was full. Some may have been shown it.</summary>
    public const string NotAllReached = "not_all_reached";

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

    /// <summary>Busy at log-in, Error from a command: what is kept of the players cannot be reached; nothing was changed.</summary>
    public const string StateUnavailable = "state_unavailable";

    /// <summary>Error: what is kept of the players was lost from sight while it was being changed; the change may have been made.</summary>
    public const string StateUncertain = "state_uncertain";

    /// <summary>Busy at log-in: as many characters as allowed are in the game.</summary>
    public const string ChannelFull = "channel_full";

    /// <summary>Busy at log-in: nobody is let in for now, for an operator has said so; whoever is in the game stays.</summary>
    public const string Draining = "draining";

    /// <summary>Error: the character cannot go to that channel now; it is where it was.</summary>
    public const string ChannelUnavailable = "channel_unavailable";
}
