using System.Globalization;

namespace Shared.Protocol.Hosting.Systemd;

/// <summary>What a service manager tells a service in its environment.</summary>
/// <param name="NotifySocket">Where it wants to be told how the service is.</param>
/// <param name="Watchdog">After how long a silence it takes the service for hung; null where it does not watch.</param>
internal sealed record SystemdEnvironment(string NotifySocket, TimeSpan? Watchdog)
{
    /// <summary>Reads it; null where no manager wants to be told.</summary>
    /// <param name="read">Gives a variable of the environment.</param>
    /// <param name="processId">This process.</param>
    public static SystemdEnvironment? Read(Func<string, string?> read, int processId)
    {
        string? socket = read("NOTIFY_SOCKET");
        if (socket is null || !Systemd.NotifySocket.IsAddress(socket))
        {
            return null;
        }

        // The variables may have been meant for a process that started this one.
        bool isWatched = read("WATCHDOG_PID") is not { Length: > 0 } watched
            || (int.TryParse(watched, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid == processId);
        TimeSpan? watchdog = isWatched
            && long.TryParse(read("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long us)
            && us is > 0 and < int.MaxValue * 1000L
                ? TimeSpan.FromMicroseconds(us)
                : null;
        return new SystemdEnvironment(socket, watchdog);
    }
}
