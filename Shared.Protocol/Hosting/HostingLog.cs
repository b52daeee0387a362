using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Hosting;

/// <summary>Log events of hosting: ids 1200 to 1299. An id is never used for something else.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1200, LogLevel.Information, "{Daemon:l} {Version:l} started: process {ProcessId}, user {User:l}")]
    public static partial void Started(ILogger logger, string daemon, string version, int processId, string user);

    [LoggerMessage(1201, LogLevel.Information, "{Daemon:l} is stopping")]
    public static partial void Stopping(ILogger logger, string daemon);

    [LoggerMessage(1202, LogLevel.Information, "{Daemon:l} stopped: exit code {ExitCode}")]
    public static partial void Stopped(ILogger logger, string daemon, int exitCode);

    [LoggerMessage(1203, LogLevel.Error, "{Daemon:l} cannot run: {Reason:l}")]
    public static partial void Refused(ILogger logger, string daemon, string reason);

    [LoggerMessage(1204, LogLevel.Debug, "Where {Daemon:l} was refused")]
    public static partial void RefusedDetails(ILogger logger, Exception exception, string daemon);

    [LoggerMessage(1205, LogLevel.Critical, "{Daemon:l} is stopped by a fault")]
    public static partial void Faulted(ILogger logger, Exception exception, string daemon);

    [LoggerMessage(1206, LogLevel.Error, "{Service:l} did not end within the {LimitMs} ms a stop may take")]
    public static partial void ServiceDidNotEnd(ILogger logger, string service, double limitMs);

    [LoggerMessage(1207, LogLevel.Error, "A task failed and nobody looked at it")]
    public static partial void UnobservedFault(ILogger logger, Exception exception);

    [LoggerMessage(1208, LogLevel.Warning, "The {Output:l} log lost {DroppedEvents} events to a full buffer and {FailedEvents} to write errors")]
    public static partial void EventsLost(ILogger logger, string output, long droppedEvents, long failedEvents);

    [LoggerMessage(1209, LogLevel.Warning, "A further fault while {Daemon:l} was stopping")]
    public static partial void FurtherFault(ILogger logger, Exception exception, string daemon);

    [LoggerMessage(
        1260,
        LogLevel.Warning,
        "Somebody has used the queue of key {Key} a moment ago, and answers on the text wire do not say whose they are. Lines are refused for {Seconds} s, until none to an earlier asker can come")]
    public static partial void StartsInQuarantine(ILogger logger, int key, int seconds);

    [LoggerMessage(
        1250,
        LogLevel.Information,
        "The window is {WindowBytes} bytes, for the request queue holds {QueueBytes}. For more throughput make it larger before the daemons start: sysctl -w kernel.msgmnb=1048576")]
    public static partial void SmallWindow(ILogger logger, long windowBytes, long queueBytes);

    [LoggerMessage(1251, LogLevel.Error, "{Mismatch:l}")]
    public static partial void OtherNamespace(ILogger logger, string mismatch);

    [LoggerMessage(
        1252,
        LogLevel.Information,
        "Daemons in another IPC namespace would not be noticed, for no runtime folder can be used: {Reasons:l}. Set Ipc:RuntimeFolder to a folder that both daemons see and nobody else writes to")]
    public static partial void NoRuntimeFolder(ILogger logger, string reasons);

    [LoggerMessage(1253, LogLevel.Warning, "Results take the queue only, for there is no folder for sockets: {Reason:l}. Set Ipc:RuntimeFolder to one that this user owns, or Ipc:ResultPath=queue")]
    public static partial void NoSocketFolder(ILogger logger, string reason);
}
