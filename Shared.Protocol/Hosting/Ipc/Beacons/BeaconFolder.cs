using System.Globalization;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Hosting.Ipc.Beacons;

/// <summary>
/// A folder of beacons. Only one that nobody else can write to is used: what is found there keeps daemons from starting, and what
/// is written there must not go where another's link leads.
/// </summary>
/// <param name="Path">Its full path.</param>
internal sealed record BeaconFolder(string Path)
{
    private const string Suffix = ".beacon";

    // Octal 0755 and 01775. Sticky: nobody removes or renames another's files.
    private const int Mode = 0x1ED;
    private const int SharedMode = 0x3FD;

    // A folder that somebody else fills up must not hold up a start.
    private const int MaxFiles = 4096;

    /// <summary>The folders to look for, the most common one first: what is set, or what this user can be expected to share with his other daemons.</summary>
    internal static IReadOnlyList<string> Candidates(string? configured)
    {
        if (configured is not null)
        {
            return [System.IO.Path.GetFullPath(configured)];
        }

        List<string> candidates = ["/run/gameservers"];
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { } runtime && System.IO.Path.IsPathRooted(runtime))
        {
            candidates.Add(System.IO.Path.Combine(runtime, "gameservers"));
        }

        candidates.Add(string.Create(CultureInfo.InvariantCulture, $"/tmp/gameservers-{Unistd.geteuid()}"));
        return candidates;
    }

    /// <summary>Opens a folder, or makes it; null where it cannot be used, with the reason.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="group">The group that may write to it, besides its owner; null for none.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="isSharedWithGroup">Whether a folder that is made here is to be writable for the group.</param>
    /// <param name="peerUser">The other daemon's user, whose folder it may be; null where both have one.</param>
    internal static BeaconFolder? TryOpen(string path, uint? group, out string reason, bool isSharedWithGroup = false, uint? peerUser = null)
    {
        Errno made = SysStat.MakeFolder(path, Mode);
        if (made is not (Errno.None or Errno.EEXIST))
        {
            reason = $"'{path}' cannot be made: {ErrnoTable.Describe(made)}";
            return null;
        }

        if (made == Errno.None && isSharedWithGroup)
        {
            _ = SysStat.SetAccess(path, SysStat.S_IFDIR, group, SharedMode);
        }

        if (!SysStat.TryStat(path, out FileState state) || !state.IsFolder)
        {
            reason = $"'{path}' is no folder, or a link to one";
            return null;
        }

        uint user = Unistd.geteuid();
        bool isOwn = state.Uid == 0 || state.Uid == user || state.Uid == peerUser;
        bool isOthers = (state.Mode & SysStat.S_IWOTH) != 0 || ((state.Mode & SysStat.S_IWGRP) != 0 && state.Gid != group);
        reason = isOwn && !isOthers
            ? string.Empty
            : $"'{path}' belongs to uid {state.Uid} and gid {state.Gid} with mode 0{Convert.ToString(state.Mode & 0xFFF, 8)}; it must belong to uid {user} or root, and others must not write to it";
        return reason.Length == 0 ? new BeaconFolder(path) : null;
    }

    /// <summary>Where the beacon of a daemon of that key lies.</summary>
    internal string PathOf(int key, DaemonClaim claim) => System.IO.Path.Combine(
        Path, string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(key)}{claim.Role.ToString().ToLowerInvariant()}-{claim.Instance}{Suffix}"));

    /// <summary>The beacons of all living daemons of a key. Files of dead ones, of whatever key, are removed on the way.</summary>
    internal IReadOnlyList<Beacon> ReadAll(int key)
    {
        List<Beacon> found = [];
        try
        {
            string prefix = PrefixOf(key);
            foreach (string path in Directory.EnumerateFiles(Path, "*" + Suffix).Take(MaxFiles))
            {
                Beacon? beacon = BeaconFile.TryRead(path);
                if (beacon is not null && System.IO.Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))
                {
                    found.Add(beacon);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone, or closed to us, since it was opened: what was found so far.
        }

        return found;
    }

    private static string PrefixOf(int key) => string.Create(CultureInfo.InvariantCulture, $"{key:x8}-");
}
