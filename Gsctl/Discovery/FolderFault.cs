using System.Globalization;
using Shared.Protocol.Interop.Linux;

namespace Gsctl.Discovery;

/// <summary>Which folder it is that keeps somebody from a path.</summary>
internal static class FolderFault
{
    private const int PermissionBits = 0xFFF;

    /// <summary>Names the innermost folder on the way that can still be looked at, with its owner and mode: that is the one that is closed.</summary>
    /// <param name="path">A path that cannot be reached.</param>
    public static string Explain(string path)
    {
        for (string? folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (SysStat.TryStat(folder, out FileState state))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the folder {folder} of uid {state.Uid}, gid {state.Gid} is closed to you (mode 0{Convert.ToString(state.Mode & PermissionBits, 8)})");
            }
        }

        return "its folder is closed to you";
    }
}
