using Microsoft.Extensions.Logging;

namespace ChannelD.Diagnostics;

/// <summary>The log events of the game's core: ids 2000 to 2099. An id is never used for another event. No text of a player's is logged.</summary>
internal static partial class ChannelLog
{
    [LoggerMessage(2000, LogLevel.Error, "The command {Command} failed; its asker was answered with an error.", EventName = "CommandFailed")]
    public static partial void CommandFailed(ILogger logger, string command, Exception exception);

    [LoggerMessage(
        2001,
        LogLevel.Information,
        "{Count} sessions that an earlier run of chatD {ChatInstance} left behind have ended; its run is now {Generation:x16}.",
        EventName = "SessionsEnded")]
    public static partial void SessionsEnded(ILogger logger, int count, int chatInstance, ulong generation);
}
