using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// Whose a found file is. Any local user may make a file in <c>/dev/shm</c> before the daemon does, and then read or forge everything in it; so owner, group
/// and mode of the open file are compared each time one is opened.
/// </summary>
internal sealed class RingOwnership(RingTransportOptions options)
{
    private const int PermissionMask = 0xFFF;
    private readonly uint _ownerUid = options.OwnerUid ?? Unistd.geteuid();

    /// <summary>Why a file may not be used; null where it may.</summary>
    internal string? ReasonToRefuse(string path, in FileState found)
    {
        int mode = found.Mode & PermissionMask;
        string? why = !found.IsFile ? "is no plain file"
            : !IsAllowed(found.Uid) ? $"belongs to uid {found.Uid}; it must belong to {Wanted()}"
            : mode != options.Mode ? $"of uid {found.Uid} has mode 0{Convert.ToString(mode, 8)}; it must have 0{Convert.ToString(options.Mode, 8)}"
            : options.GroupId is { } group && found.Gid != group ? $"of uid {found.Uid} belongs to gid {found.Gid}; it must belong to gid {group}"
            : null;
        return why is null ? null : $"The ring '{path}' {why}. See who uses it with `fuser -v {path}`; remove it with `rm {path}`, or choose another key.";
    }

    private bool IsAllowed(uint uid) => uid == _ownerUid || options.AllowedOwnerUids.Contains(uid);

    private string Wanted() => options.AllowedOwnerUids.Count == 0
        ? $"uid {_ownerUid}"
        : $"one of the uids {_ownerUid}, {string.Join(", ", options.AllowedOwnerUids)}";
}
