using System.Globalization;
using Gsctl.Discovery;
using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc.Beacons;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;

namespace Gsctl.Purging;

/// <summary>
/// The files of a key's daemons in the runtime folders. A beacon's owner holds a lock on it, and the owner of a socket listens there, for as long as
/// it lives; both end with the process, however it ends.
/// </summary>
internal static class LeftFiles
{
    private const string BeaconSuffix = ".beacon";
    private const string SocketPart = ".sock";
    private const int MaxFiles = 4096;

    /// <summary>Looks.</summary>
    /// <param name="ipc">Key and folders.</param>
    /// <param name="living">Takes the daemons whose beacons are locked.</param>
    /// <param name="passedOver">Takes why a folder was not looked into.</param>
    /// <returns>Files of nobody.</returns>
    public static IReadOnlyList<LeftFile> Find(IpcOptions ipc, ICollection<DaemonClaim> living, ICollection<string> passedOver)
    {
        List<LeftFile> left = [];
        string prefix = string.Create(CultureInfo.InvariantCulture, $"{ipc.RequestKey:x8}-");
        string[] folders = [.. BeaconFolder.Candidates(ipc.RuntimeFolder).Where(folder =>
        {
            if (FolderTrust.IsForeign(folder, ipc, out string reason))
            {
                passedOver.Add(reason);
                return false;
            }

            return true;
        })];
        foreach (string folder in folders)
        {
            foreach (string path in List(folder, prefix + "*" + BeaconSuffix))
            {
                if (IsLocked(path))
                {
                    AddOwner(Path.GetFileName(path)[prefix.Length..^BeaconSuffix.Length], living);
                }
                else
                {
                    left.Add(new LeftFile("beacon", path));
                }
            }
        }

        // Then those sockets whose owner does not live, for one that starts may be about to put its own there. Also what was not yet given its name
        // when its maker died: KEY-result-0.sock.PROCESS.
        left.AddRange(folders
            .SelectMany(folder => List(Path.Combine(folder, DaemonSocketPath.FolderName), prefix + "*" + SocketPart + "*"))
            .Where(path => OwnerOf(Path.GetFileName(path)[prefix.Length..]) is { } owner && !living.Contains(owner) && ForsakenSocket.IsForsaken(path))
            .Select(path => new LeftFile("socket", path)));
        return left;
    }

    /// <summary>The rings of a key (<c>Ipc:Transport=ring</c>) that this user may remove. They are nobody's only where no daemon of the key lives.</summary>
    public static IReadOnlyList<LeftFile> FindRings(IpcOptions ipc)
    {
        uint user = Unistd.geteuid();
        return [.. List(ipc.RingFolder, string.Create(CultureInfo.InvariantCulture, $"gameservers-{ipc.RequestKey:x8}-*.ring"))
            .Where(path => SysStat.TryStat(path, out FileState state) && state.IsFile && (user == 0 || state.Uid == user || state.Uid == ipc.PeerUserId))
            .Select(path => new LeftFile("ring", path))];
    }

    /// <summary>Removes a file, if it is still nobody's; a ring only with the daemons' mutex held, and none of them there.</summary>
    /// <returns>Whether it is gone.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public static bool Remove(LeftFile file)
    {
        if (file.Kind == "socket")
        {
            return ForsakenSocket.Remove(file.Path);
        }

        if (file.Kind == "ring")
        {
            File.Delete(file.Path);
            return true;
        }

        // It removes it with the lock held, so that nobody takes it meanwhile.
        _ = BeaconFile.TryRead(file.Path);
        return !File.Exists(file.Path);
    }

    private static IEnumerable<string> List(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, pattern).Take(MaxFiles)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not there, or closed to us: nothing of ours to see.
            return [];
        }
    }

    private static bool IsLocked(string path)
    {
        Errno opened = SysFile.TryOpen(path, SysFile.O_RDONLY, 0, out Microsoft.Win32.SafeHandles.SafeFileHandle file);
        using (file)
        {
            // What cannot be looked at is left alone. A daemon that looks at the same moment finds it locked for an instant, and looks again.
            return opened != Errno.None || SysFile.TryLock(file) != Errno.None;
        }
    }

    // ops-chatd-0.sock, admin-channeld-1.sock, result-0.sock: whoever reads that mailbox.
    private static DaemonClaim? OwnerOf(string name)
    {
        string[] parts = name[..name.IndexOf(SocketPart, StringComparison.Ordinal)].Split('-');
        if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int instance) || instance > Mailbox.MaxInstance)
        {
            return null;
        }

        return parts switch
        {
            [_, "chatd", _] or ["result" or "event", _] => new DaemonClaim(DaemonRole.ChatD, instance),
            [_, "channeld", _] or ["request" or "control", _] => new DaemonClaim(DaemonRole.ChannelD, instance),
            _ => null,
        };
    }

    private static void AddOwner(string name, ICollection<DaemonClaim> living)
    {
        string[] parts = name.Split('-');
        if (parts.Length == 2
            && Enum.TryParse(parts[0], ignoreCase: true, out DaemonRole role)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int instance)
            && !living.Contains(new DaemonClaim(role, instance)))
        {
            living.Add(new DaemonClaim(role, instance));
        }
    }
}
