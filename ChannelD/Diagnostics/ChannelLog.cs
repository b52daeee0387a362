using Microsoft.Extensions.Logging;

namespace ChannelD.Diagnostics;

/// <summary>The log events of channelD: ids 2000 to 2099. An id is never used for another event. No text of a player's is logged.</summary>
internal static partial class ChannelLog
{
    [LoggerMessage(2000, LogLevel.Error, "The command {Command} failed; its asker was answered with an error.", EventName = "CommandFailed")]
    public static partial void CommandFailed(ILogger logger, string command, Exception exception);

    [LoggerMessage(
        2001,
        LogLevel.Information,
        "{Count} sessions of chatD {ChatInstance} have ended; the run that goes on is {Generation:x16} (0 for none).",
        EventName = "SessionsEnded")]
    public static partial void SessionsEnded(ILogger logger, int count, int chatInstance, ulong generation);

    [LoggerMessage(
        2010,
        LogLevel.Information,
        "channelD {ChannelId} runs: requests on key {RequestKey}, results on key {ResultKey}, wire {Wire}, frames up to {MaxFrameBytes} bytes, request queue {RequestBytes} bytes, result queue {ResultBytes} bytes; commands {Commands}.",
        EventName = "Started")]
    public static partial void Started(
        ILogger logger, int channelId, int requestKey, int resultKey, string wire, int maxFrameBytes, long requestBytes, long resultBytes, string commands);

    [LoggerMessage(
        2011,
        LogLevel.Information,
        "channelD {ChannelId} has stopped: {Received} requests, {Answered} answered, {Expired} expired, {Dropped} answers dropped, {Malformed} malformed, {Unknown} of unknown type, {Failed} failed, {TimedOut} not ended in time.",
        EventName = "Stopped")]
    public static partial void Stopped(
        ILogger logger, int channelId, long received, long answered, long expired, long dropped, long malformed, long unknown, long failed, long timedOut);
}
