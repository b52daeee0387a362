using ChatD.Connections;

namespace ChatD.Diagnostics;

/// <summary>Log events 3000 to 3999.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(
        3000,
        LogLevel.Information,
        "chatD {Instance} runs: requests on key {RequestKey}, results on key {ResultKey}, wire {Wire}, frames up to {MaxFrameBytes} bytes, window {WindowBytes} bytes; players at {Listen}.")]
    public static partial void Started(
        ILogger logger, int instance, int requestKey, int resultKey, string wire, int maxFrameBytes, long windowBytes, string listen);

    [LoggerMessage(
        3001,
        LogLevel.Information,
        "chatD {Instance} has stopped: {Accepted} requests, {Ok} ok, {Errors} errors, {Busy} busy, {Unknown} unknown, {Cancelled} cancelled; dropped {Late} late, {Stale} stale, {WrongUser} misaddressed, {Malformed} malformed results.")]
    public static partial void Stopped(
        ILogger logger,
        int instance,
        long accepted,
        long ok,
        long errors,
        long busy,
        long unknown,
        long cancelled,
        long late,
        long stale,
        long wrongUser,
        long malformed);

    [LoggerMessage(3010, LogLevel.Information, "Channel {Channel} is ready: {Texts} texts, {Sessions} sessions announced.")]
    public static partial void ChannelReady(ILogger logger, int channel, int texts, int sessions);

    [LoggerMessage(3011, LogLevel.Error, "The channel could not be made ready; it is tried again.")]
    public static partial void ChannelNotReady(ILogger logger, Exception exception);

    [LoggerMessage(3012, LogLevel.Warning, "An event frame was dropped: {Reason}.")]
    public static partial void MalformedEvent(ILogger logger, string reason);

    [LoggerMessage(3013, LogLevel.Information, "The socket {Path}, which a killed chatD had left behind, was removed.")]
    public static partial void LeftSocketRemoved(ILogger logger, string path);

    [LoggerMessage(
        3014,
        LogLevel.Warning,
        "Chat:MaxPlayers is {MaxPlayers}, but only {Connections} can be connected at once: chatD may have {Descriptors} descriptors. Raise LimitNOFILE= of the unit, --ulimit nofile of the container, or ulimit -n, to {Needed}.")]
    public static partial void FewDescriptors(ILogger logger, int maxPlayers, int connections, long descriptors, long needed);

    [LoggerMessage(3020, LogLevel.Debug, "Session {SessionId}: {Name} entered channel {Channel}, map {Map}.")]
    public static partial void LoggedIn(ILogger logger, int sessionId, string name, int channel, string map);

    [LoggerMessage(3021, LogLevel.Debug, "A log-in was refused: {Code}.")]
    public static partial void LogInRefused(ILogger logger, string code);

    [LoggerMessage(3022, LogLevel.Debug, "Session {SessionId}: the connection ended, {Reason}.")]
    public static partial void ConnectionEnded(ILogger logger, int sessionId, EndReason reason);

    [LoggerMessage(3023, LogLevel.Error, "Session {SessionId}: a line failed and was answered with the error internal.")]
    public static partial void LineFailed(ILogger logger, int sessionId, Exception exception);

    [LoggerMessage(
        3120,
        LogLevel.Warning,
        "{Count} messages of channel {ChannelId} for players were lost on the way; all players who are here are told.")]
    public static partial void EventsLost(ILogger logger, ulong count, int channelId);

    [LoggerMessage(3030, LogLevel.Debug, "Session {SessionId} has lost its connection, and can be resumed for {WindowMs} ms.")]
    public static partial void Detached(ILogger logger, int sessionId, int windowMs);

    [LoggerMessage(3031, LogLevel.Debug, "Session {SessionId} is resumed; its old connection had ended before: {HadEnded}.")]
    public static partial void Resumed(ILogger logger, int sessionId, bool hadEnded);

    [LoggerMessage(3032, LogLevel.Debug, "Session {SessionId} was not resumed in time, and ends.")]
    public static partial void WindowOver(ILogger logger, int sessionId);

    [LoggerMessage(3033, LogLevel.Error, "Session {SessionId} could not be ended; its name stays taken until chatD stops.")]
    public static partial void EndFailed(ILogger logger, int sessionId, Exception exception);

    [LoggerMessage(3100, LogLevel.Information, "The channelD of channel {Channel} is there: it is asked for its channel from now on.")]
    public static partial void ChannelSeen(ILogger logger, int channel);

    [LoggerMessage(3101, LogLevel.Debug, "Session {SessionId} has moved from the channelD of channel {From} to that of channel {To}.")]
    public static partial void Moved(ILogger logger, int sessionId, int from, int to);

    [LoggerMessage(3102, LogLevel.Debug, "Session {SessionId} could not go to channel {Channel}, and is where it was.")]
    public static partial void TransferFailed(ILogger logger, int sessionId, int channel);

    [LoggerMessage(3103, LogLevel.Error, "What is left of the move of session {SessionId} failed; one of the channelDs may not know where it is.")]
    public static partial void MoveFailed(ILogger logger, int sessionId, Exception exception);

    [LoggerMessage(3104, LogLevel.Information, "{Sessions} sessions of channel {Channel} have moved to its own channelD; {Left} are tried again.")]
    public static partial void BroughtHome(ILogger logger, int sessions, int channel, int left);

    [LoggerMessage(3105, LogLevel.Error, "The sessions of channel {Channel} could not be moved to its own channelD; it is tried again when it comes back.")]
    public static partial void HomecomingFailed(ILogger logger, int channel, Exception exception);

    [LoggerMessage(3106, LogLevel.Debug, "Session {SessionId} was ended by the channelD of channel {Channel}.")]
    public static partial void SessionEndedByChannel(ILogger logger, int sessionId, int channel);

    [LoggerMessage(3107, LogLevel.Warning, "Session {SessionId} was announced to the channelD of channel {Channel}, which refused it: {Code}.")]
    public static partial void AnnouncedInVain(ILogger logger, int sessionId, int channel, string code);

    [LoggerMessage(3108, LogLevel.Error, "Looking for channelDs has failed; it is done again at the next heartbeat.")]
    public static partial void LookFailed(ILogger logger, Exception exception);

    [LoggerMessage(3109, LogLevel.Error, "Session {SessionId} could not be announced to the channelD of channel {Channel}, which may not know it until it comes back.")]
    public static partial void AnnounceFailed(ILogger logger, int sessionId, int channel, Exception exception);

    [LoggerMessage(
        3110,
        LogLevel.Warning,
        "The channelD of channel {Channel} has not answered yet, and nobody can log in. Start one with the same Ipc:RequestKey ({RequestKey}), Ipc:Transport ({Transport}), Ipc:Wire ({Wire}) and Ipc:SingleQueue, by the same user or with Ipc:PeerUserId; if it runs, compare those.")]
    public static partial void HomeMissing(ILogger logger, int channel, int requestKey, string transport, string wire);

    [LoggerMessage(3121, LogLevel.Error, "A message of channelD {Channel} could not be given to its players, and was dropped.")]
    public static partial void EventFailed(ILogger logger, int channel, Exception exception);
}
