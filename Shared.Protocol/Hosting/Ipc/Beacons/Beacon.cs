using System.Globalization;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Hosting.Ipc.Beacons;

/// <summary>What a daemon tells of itself outside the queues, to those that cannot see them.</summary>
/// <param name="Claim">Which daemon it is.</param>
/// <param name="ProcessId">Its process, as it sees itself: within a container that is the container's number.</param>
/// <param name="Host">The host or container it runs in.</param>
/// <param name="StartedAt">When it was started, in whole seconds.</param>
/// <param name="IpcNamespace">The inode of its IPC namespace.</param>
internal sealed record Beacon(DaemonClaim Claim, int ProcessId, string Host, DateTimeOffset StartedAt, ulong IpcNamespace)
{
    // More than any of ours, and little enough for one read.
    internal const int MaxBytes = 1024;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>One line a value, for people too.</summary>
    internal string Format() => string.Create(
        CultureInfo.InvariantCulture,
        $"role {Claim.Role}\ninstance {Claim.Instance}\nprocess {ProcessId}\nhost {Host}\nstarted {StartedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\nipc {IpcNamespace}\n");

    /// <summary>Reads it back; null where it is not whole. Further lines are left for later versions.</summary>
    internal static Beacon? TryParse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0)
            {
                values[line[..space]] = line[(space + 1)..];
            }
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        return Enum.TryParse(values.GetValueOrDefault("role"), out DaemonRole role)
            && Enum.IsDefined(role)
            && int.TryParse(values.GetValueOrDefault("instance"), NumberStyles.None, culture, out int instance)
            && instance <= Mailbox.MaxInstance
            && int.TryParse(values.GetValueOrDefault("process"), NumberStyles.None, culture, out int processId)
            && values.TryGetValue("host", out string? host)
            && DateTimeOffset.TryParseExact(
                values.GetValueOrDefault("started"), TimeFormat, culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset startedAt)
            && ulong.TryParse(values.GetValueOrDefault("ipc"), NumberStyles.None, culture, out ulong ipcNamespace)
            ? new Beacon(new DaemonClaim(role, instance), processId, host, startedAt, ipcNamespace)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Claim} (process {ProcessId} of host {Host}, since {StartedAt:yyyy-MM-dd HH:mm:ss} UTC)");
}
