using Microsoft.Extensions.Logging;

namespace Shared.Operations.Diagnostics;

/// <summary>Log events of operations: ids 1400 to 1449. An id is never used for something else.</summary>
internal static partial class OperationsLog
{
    [LoggerMessage(1400, LogLevel.Information, "Health and metrics are served at {Addresses:l}")]
    public static partial void Listening(ILogger logger, string addresses);

    [LoggerMessage(1401, LogLevel.Warning, "Health and metrics are not served, for there is no place for a socket: {Reason:l}. Set Ops:Listen to an address, or to off")]
    public static partial void NoSocket(ILogger logger, string reason);

    [LoggerMessage(1402, LogLevel.Error, "A request to {Path:l} failed")]
    public static partial void RequestFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(1403, LogLevel.Information, "Metrics are sent to {Endpoint:l} by OTLP")]
    public static partial void SendingByOtlp(ILogger logger, string endpoint);

    [LoggerMessage(1405, LogLevel.Information, "The operations page is at {Addresses:l}")]
    public static partial void PageIsAt(ILogger logger, string addresses);

    [LoggerMessage(1406, LogLevel.Warning, "The operations page is not at {Address:l}: {Reason:l}. Set Ops:Listen to another address, or to socket for none")]
    public static partial void NoPagePort(ILogger logger, string address, string reason);

    [LoggerMessage(1407, LogLevel.Error, "The operations page has a gap: the metrics could not be looked at. This is told once")]
    public static partial void LookFailed(ILogger logger, Exception exception);

    [LoggerMessage(1440, LogLevel.Information, "Of {Share} of the players' lines spans are sent to {Endpoint:l} by OTLP")]
    public static partial void Tracing(ILogger logger, double share, string endpoint);

    [LoggerMessage(1441, LogLevel.Information, "No spans are sent any more")]
    public static partial void TracingEnded(ILogger logger);

    [LoggerMessage(1410, LogLevel.Information, "The configuration was read again: {LiveCount} options have changed, {RestartCount} more will at the next start")]
    public static partial void Reloaded(ILogger logger, int liveCount, int restartCount);

    [LoggerMessage(1411, LogLevel.Information, "{Option:l} is {After:l} now, and was {Before:l}")]
    public static partial void OptionChanged(ILogger logger, string option, string after, string before);

    [LoggerMessage(1412, LogLevel.Warning, "{Option:l} is configured as {After:l} and stays {Before:l}: it changes at the next start only")]
    public static partial void OptionNeedsRestart(ILogger logger, string option, string after, string before);

    [LoggerMessage(1413, LogLevel.Error, "The configuration was read again and has faults; everything stays as it is: {Faults:l}")]
    public static partial void ReloadRefused(ILogger logger, string faults);

    [LoggerMessage(1414, LogLevel.Error, "The configuration was read again, and somebody who uses it failed to take it over")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);
}
