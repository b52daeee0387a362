using Microsoft.Extensions.Logging;

namespace Shared.Operations.Diagnostics;

/// <summary>Log events of administration: ids 1430 to 1439. An id is never used for something else.</summary>
internal static partial class AdministrationLog
{
    [LoggerMessage(1430, LogLevel.Information, "Administration is served at {Path:l} for {Access:l}")]
    public static partial void Listening(ILogger logger, string path, string access);

    [LoggerMessage(1431, LogLevel.Warning, "Administration is not served, for there is no place for a socket: {Reason:l}. Set Ops:AdminSocket to a path, or to off")]
    public static partial void NoSocket(ILogger logger, string reason);

    [LoggerMessage(1432, LogLevel.Warning, "Uid {UserId} (process {ProcessId}) asked for {Path:l} {Body:l}: {Outcome:l}")]
    public static partial void Asked(ILogger logger, uint userId, int processId, string path, string body, string outcome);

    [LoggerMessage(1433, LogLevel.Warning, "Uid {UserId} (process {ProcessId}) was refused: this daemon is administered by {Access:l} ({HeldBack} more since the last such line)")]
    public static partial void CallerRefused(ILogger logger, uint userId, int processId, string access, long heldBack);

    [LoggerMessage(1434, LogLevel.Error, "A request to {Path:l} failed")]
    public static partial void RequestFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(1435, LogLevel.Warning, "What uid {UserId} (process {ProcessId}) asked for by {Path:l} {Body:l} has ended")]
    public static partial void Ended(ILogger logger, uint userId, int processId, string path, string body);
}
