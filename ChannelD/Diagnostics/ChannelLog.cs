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

    [LoggerMessage(2020, LogLevel.Warning, "A control frame of type {TypeNumber} could not be read and was dropped.", EventName = "MalformedControl")]
    public static partial void MalformedControl(ILogger logger, int typeNumber);

    [LoggerMessage(2021, LogLevel.Warning, "What channelD {ChannelId} told of a character was dropped: it is not valid.", EventName = "PresenceDropped")]
    public static partial void PresenceDropped(ILogger logger, int channelId);

    [LoggerMessage(2022, LogLevel.Information, "channelD {ChannelId} begins to tell of its characters: generation {Generation:x16}.", EventName = "PresenceBegun")]
    public static partial void PresenceBegun(ILogger logger, int channelId, ulong generation);

    [LoggerMessage(2023, LogLevel.Debug, "channelD {ChannelId} has told of all its characters: {Count}.", EventName = "PresenceComplete")]
    public static partial void PresenceComplete(ILogger logger, int channelId, int count);

    [LoggerMessage(2024, LogLevel.Information, "channelD {ChannelId} has taken its leave; its {Count} characters are in the game no more.", EventName = "PresenceLeft")]
    public static partial void PresenceLeft(ILogger logger, int channelId, int count);

    [LoggerMessage(
        2025,
        LogLevel.Warning,
        "channelD {ChannelId} has been silent for {LeaseMs} ms; its {Count} characters count as gone until it tells of them again.",
        EventName = "PresenceExpired")]
    public static partial void PresenceExpired(ILogger logger, int channelId, int count, long leaseMs);

    [LoggerMessage(2026, LogLevel.Debug, "channelD {ChannelId} is there: {IsThere}.", EventName = "PeerSeen")]
    public static partial void PeerSeen(ILogger logger, int channelId, bool isThere);

    [LoggerMessage(2027, LogLevel.Debug, "A character has moved to channelD {ChannelId}; its log-out here is late.", EventName = "CharacterMoved")]
    public static partial void CharacterMoved(ILogger logger, int channelId);

    [LoggerMessage(
        2028,
        LogLevel.Warning,
        "A session was ended because channelD {ChannelId} had a character of the same name earlier.",
        EventName = "NameLost")]
    public static partial void NameLost(ILogger logger, int channelId);

    [LoggerMessage(2029, LogLevel.Error, "Somebody who is told of arrivals and departures has failed.", EventName = "ObserverFailed")]
    public static partial void ObserverFailed(ILogger logger, Exception exception);

    [LoggerMessage(2030, LogLevel.Debug, "A search was answered {Code} because of {Reason}.", EventName = "Searched")]
    public static partial void Searched(ILogger logger, string code, string reason);

    [LoggerMessage(
        2031,
        LogLevel.Information,
        "{Count} frames for channelD {ChannelId}, which is gone, were taken out of its mailboxes.",
        EventName = "FramesDiscarded")]
    public static partial void FramesDiscarded(ILogger logger, int count, int channelId);

    [LoggerMessage(2032, LogLevel.Error, "Telling the other channelDs has failed; it goes on with the next tick.", EventName = "PresenceFailed")]
    public static partial void PresenceFailed(ILogger logger, Exception exception);

    [LoggerMessage(2040, LogLevel.Information, "Mutes, lists and parties are kept in {Place:l}.", EventName = "StateOpened")]
    public static partial void StateOpened(ILogger logger, string place);

    [LoggerMessage(
        2041,
        LogLevel.Error,
        "The kept state cannot be reached ({Place:l}): {Reason:l} Log-ins are answered busy, and commands that need it with an error, until it is back.",
        EventName = "StateLost")]
    public static partial void StateLost(ILogger logger, string place, string reason);

    [LoggerMessage(2042, LogLevel.Information, "The kept state is back ({Place:l}).", EventName = "StateBack")]
    public static partial void StateBack(ILogger logger, string place);

    [LoggerMessage(
        2044,
        LogLevel.Warning,
        "Session {UserId} of chatD {ChatInstance} wanted to log in as a game master without the right key, and was refused.",
        EventName = "KeyRefused")]
    public static partial void KeyRefused(ILogger logger, int userId, int chatInstance);

    [LoggerMessage(2043, LogLevel.Warning, "Mutes, lists and parties are kept in memory: they end with this process, and other channelDs do not know them.", EventName = "StateInMemory")]
    public static partial void StateInMemory(ILogger logger);

    [LoggerMessage(
        2060,
        LogLevel.Information,
        "A game master of tier {Tier}, session {UserId} of chatD {ChatInstance}, watches a character from now on.",
        EventName = "TraceBegan")]
    public static partial void TraceBegan(ILogger logger, int tier, int userId, int chatInstance);

    [LoggerMessage(
        2061,
        LogLevel.Information,
        "A game master of tier {Tier}, session {UserId} of chatD {ChatInstance}, watches nobody any more.",
        EventName = "TraceEnded")]
    public static partial void TraceEnded(ILogger logger, int tier, int userId, int chatInstance);

    [LoggerMessage(
        2062,
        LogLevel.Information,
        "A game master of tier {Tier}, session {UserId} of chatD {ChatInstance}, made a notice of {Chars} characters.",
        EventName = "NoticeMade")]
    public static partial void NoticeMade(ILogger logger, int tier, int userId, int chatInstance, int chars);

    [LoggerMessage(2063, LogLevel.Information, "{Name} is muted until {UntilUtc:O} by {Issuer}: {Reason}", EventName = "Muted")]
    public static partial void Muted(ILogger logger, string name, DateTimeOffset untilUtc, string issuer, string reason);

    [LoggerMessage(2064, LogLevel.Information, "{Name} is let speak again by {Issuer}.", EventName = "Unmuted")]
    public static partial void Unmuted(ILogger logger, string name, string issuer);

    [LoggerMessage(
        2080,
        LogLevel.Warning,
        "chatD {ChatInstance} is so far behind that messages for its players are refused; whoever speaks is told. Said once a minute.",
        EventName = "ChatIsBehind")]
    public static partial void ChatIsBehind(ILogger logger, int chatInstance);

    [LoggerMessage(
        2081,
        LogLevel.Information,
        "Of what players are shown, {Sent} frames were sent, {Refused} refused because their chatD was behind, and {Dropped} dropped at the stop.",
        EventName = "EventsStopped")]
    public static partial void EventsStopped(ILogger logger, long sent, long refused, int dropped);
}
