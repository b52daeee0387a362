using System.Globalization;
using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc.Beacons;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;

namespace Gsctl.Discovery;

/// <summary>Finds the sockets of administration of one key's daemons, in the folders where daemons with the same options put them.</summary>
/// <param name="ipc">The options: key and runtime folder.</param>
internal sealed class DaemonFinder(IpcOptions ipc)
{
    // A folder that somebody has filled up must not hold up an operator.
    private const int MaxFiles = 4096;

    /// <summary>The daemons that are meant, chatDs first, in the order of their numbers.</summary>
    /// <exception cref="GsctlException">There are none; it says where was looked.</exception>
    public IReadOnlyList<DaemonAddress> Find(DaemonSelection selection)
    {
        if (selection.Sockets.Count > 0)
        {
            return [.. selection.Sockets.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Select(path => new DaemonAddress(ClaimOf(path), path))];
        }

        Dictionary<DaemonClaim, string> all = [];
        List<string> looked = [];
        foreach (string runtimeFolder in BeaconFolder.Candidates(ipc.RuntimeFolder))
        {
            if (FolderTrust.IsForeign(runtimeFolder, ipc, out string reason))
            {
                looked.Add($"({reason})");
                continue;
            }

            looked.Add(Look(Path.Combine(runtimeFolder, DaemonSocketPath.FolderName), all));
        }

        DaemonAddress[] meant = [.. all.Where(found => selection.Includes(found.Key))
            .OrderBy(found => found.Key.Role).ThenBy(found => found.Key.Instance)
            .Select(found => new DaemonAddress(found.Key, found.Value))];
        return meant.Length > 0 ? meant : throw NotThere(selection, [.. all.Keys], looked);
    }

    private static DaemonClaim? ClaimOf(string path) =>
        DaemonSocketPath.TryParse(Path.GetFileName(path), out _, out _, out DaemonClaim claim) ? claim : null;

    private string Look(string folder, Dictionary<DaemonClaim, string> all)
    {
        int before = all.Count;
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*.sock").Take(MaxFiles))
            {
                if (DaemonSocketPath.TryParse(Path.GetFileName(path), out int key, out string purpose, out DaemonClaim claim)
                    && key == ipc.RequestKey
                    && purpose == DaemonSocketPath.Administration)
                {
                    // The folder that comes first is the one that a daemon takes first.
                    _ = all.TryAdd(claim, path);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            return $"{folder} (not there)";
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{folder} (may not be read by uid {Unistd.geteuid()}: {FolderFault.Explain(Path.Combine(folder, "*"))})");
        }

        return all.Count > before ? folder : $"{folder} (nobody of this key)";
    }

    private GsctlException NotThere(DaemonSelection selection, DaemonClaim[] others, IReadOnlyList<string> looked)
    {
        string who = (selection.Chat, selection.Channel) switch
        {
            (null, null) => "no daemon",
            ({ } chat, null) => string.Create(CultureInfo.InvariantCulture, $"no chatD {chat}"),
            (null, { } channel) => string.Create(CultureInfo.InvariantCulture, $"no channelD {channel}"),
            ({ } chat, { } channel) => string.Create(CultureInfo.InvariantCulture, $"neither a chatD {chat} nor a channelD {channel}"),
        };
        string there = others.Length == 0
            ? "Is it another key (--Ipc:RequestKey=N), another folder (--Ipc:RuntimeFolder=FOLDER), or a socket of its own (Ops:AdminSocket; --socket PATH)?"
            : $"There are: {string.Join(", ", others.OrderBy(claim => claim.Role).ThenBy(claim => claim.Instance).Select(DaemonAddress.NameOf))}.";
        return new GsctlException(ExitCodes.CannotReach, string.Create(
            CultureInfo.InvariantCulture, $"{who} of key {ipc.RequestKey} (0x{ipc.RequestKey:x}) is there. Looked in {string.Join(", ", looked)}. {there}"));
    }
}
