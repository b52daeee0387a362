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

    [LoggerMessage(3010, LogLevel.Information, "The channel is ready: {Texts} texts, {Sessions} sessions announced.")]
    public static partial void ChannelReady(ILogger logger, int texts, int sessions);

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

    [LoggerMessage(3030, LogLevel.Debug, "Session {SessionId} has lost its connection, and can be resumed for {WindowMs} ms.")]
    public static partial void Detached(ILogger logger, int sessionId, int windowMs);

    [LoggerMessage(3031, LogLevel.Debug, "Session {SessionId} is resumed; its old connection had ended before: {HadEnded}.")]
    public static partial void Resumed(ILogger logger, int sessionId, bool hadEnded);

    [LoggerMessage(3032, LogLevel.Debug, "Session {SessionId} was not resumed in time, and ends.")]
    public static partial void WindowOver(ILogger logger, int sessionId);

    [LoggerMessage(3033, LogLevel.Error, "Session {SessionId} could not be ended; its name stays taken until chatD stops.")]
    public static partial void EndFailed(ILogger logger, int sessionId, Exception exception);
}
