using System.Globalization;
using Shared.Protocol.Hosting.Ipc.Beacons;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Administration;

/// <summary>Where the sockets lie at which a daemon is looked at and administered: beside those of results, named after key, purpose, daemon and number.</summary>
internal static class DaemonSocketPath
{
    /// <summary>The purpose of the endpoint of health and metrics.</summary>
    internal const string Operations = "ops";

    /// <summary>The purpose of the endpoint of administration.</summary>
    internal const string Administration = "admin";

    /// <summary>The folder of sockets in a runtime folder.</summary>
    internal const string FolderName = "sockets";

    private const string Suffix = ".sock";

    /// <summary>The paths that a socket can have by default, in the order in which they are tried.</summary>
    internal static IEnumerable<string> Candidates(string? runtimeFolder, int key, string purpose, DaemonClaim claim) =>
        BeaconFolder.Candidates(runtimeFolder).Select(folder => Path.Combine(folder, FolderName, NameOf(key, purpose, claim)));

    /// <summary>The file's name: <c>000004d2-admin-chatd-0.sock</c>.</summary>
    internal static string NameOf(int key, string purpose, DaemonClaim claim) => string.Create(
        CultureInfo.InvariantCulture, $"{key:x8}-{purpose}-{claim.Role.ToString().ToLowerInvariant()}-{claim.Instance}{Suffix}");

    /// <summary>Reads a file's name; false where it is no such socket's.</summary>
    internal static bool TryParse(string name, out int key, out string purpose, out DaemonClaim claim)
    {
        key = 0;
        purpose = string.Empty;
        claim = default;
        string[] parts = name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length].Split('-') : [];
        if (parts.Length != 4
            || !int.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key)
            || parts[1] is not (Operations or Administration)
            || !int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out int instance)
            || instance > Mailbox.MaxInstance)
        {
            return false;
        }

        purpose = parts[1];
        DaemonRole role = parts[2] switch
        {
            "chatd" => DaemonRole.ChatD,
            "channeld" => DaemonRole.ChannelD,
            _ => default,
        };
        claim = new DaemonClaim(role, instance);
        return role != default;
    }
}
