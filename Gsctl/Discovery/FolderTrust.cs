using System.Globalization;
using Shared.Protocol.Hosting;
using Shared.Protocol.Interop.Linux;

namespace Gsctl.Discovery;

/// <summary>
/// Whether a folder holds what daemons have put there, and not what anybody has who wants to be taken for one: nobody else may write in it, and who owns
/// it is one whom the daemons would trust. Where the operator has named the folder, or only root could have made it, it may be any user's: the daemons'.
/// </summary>
internal static class FolderTrust
{
    private const uint RootUid = 0;

    private const int PermissionBits = 0xFFF;

    /// <summary>Whether it is to be passed over.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ipc">Which folder was named, and the other daemon's user.</param>
    /// <param name="reason">Why, for the operator.</param>
    public static bool IsForeign(string folder, IpcOptions ipc, out string reason)
    {
        reason = string.Empty;
        if (!SysStat.TryStat(folder, out FileState state))
        {
            // Not there, or closed to us: who looks into it finds that out.
            return false;
        }

        bool isOwn = state.Uid == RootUid || state.Uid == Unistd.geteuid() || state.Uid == ipc.PeerUserId;
        if (state.IsFolder && (state.Mode & SysStat.S_IWOTH) == 0 && (isOwn || ipc.RuntimeFolder is not null || IsMadeByRoot(folder)))
        {
            return false;
        }

        reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{folder} is passed over: it is of uid {state.Uid} with mode 0{Convert.ToString(state.Mode & PermissionBits, 8)}, and what lies there anybody may have put there; daemons do not use it. --Ipc:RuntimeFolder=FOLDER names another");
        return true;
    }

    private static bool IsMadeByRoot(string folder) =>
        Path.GetDirectoryName(folder) is { } parent && SysStat.TryStat(parent, out FileState above) && above.Uid == RootUid && (above.Mode & (SysStat.S_IWGRP | SysStat.S_IWOTH)) == 0;
}
