using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Hosting.Systemd;

/// <summary>Log events of what the daemons have to do with systemd: ids 1450 to 1479. An id is never used for something else.</summary>
internal static partial class SystemdLog
{
    [LoggerMessage(1450, LogLevel.Information, "systemd has been told that the daemon is ready. Its watchdog: {WatchdogMs} ms (0: none)")]
    public static partial void Ready(ILogger logger, double watchdogMs);

    [LoggerMessage(
        1451,
        LogLevel.Warning,
        "A frame to a mailbox of this daemon's own did not come back within {LimitMs} ms. If that goes on, systemd's watchdog ends the process")]
    public static partial void NoPulse(ILogger logger, double limitMs);

    [LoggerMessage(1452, LogLevel.Warning, "systemd does not take what it is told on {Socket:l}: it may take this daemon for hung. Compare NotifyAccess= and the sandbox of the unit")]
    public static partial void NotHeard(ILogger logger, string socket);

    [LoggerMessage(
        1453,
        LogLevel.Warning,
        "logind removes all queues of user {UserId} when that user's last session ends, under a running daemon too ({Source:l}). Run the daemons as a system user (number below {FirstRegularUser}), or set RemoveIPC=no in /etc/systemd/logind.conf, or loginctl enable-linger {UserId}")]
    public static partial void QueuesAreRemovedAtLogOut(ILogger logger, uint userId, string source, uint firstRegularUser);
}
