using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Whose a found object is. Any local user may make an object of a known key before the daemon does, and then read or forge everything
/// in it; so owner, creator, group and mode are compared each time a key is opened.
/// </summary>
internal sealed class SysVOwnership
{
    private const uint RootUid = 0;
    private readonly SysVTransportOptions _options;
    private readonly uint _ownerUid;

    internal SysVOwnership(SysVTransportOptions options)
    {
        _options = options;
        _ownerUid = options.OwnerUid ?? Unistd.geteuid();
    }

    /// <summary>Throws where the object is another's.</summary>
    /// <param name="kind">Queue or semaphore set.</param>
    /// <param name="key">Its key.</param>
    /// <param name="found">What the kernel says of it.</param>
    /// <exception cref="ResourceRefusedException">Key, what was found, what was wanted, and the command to run.</exception>
    internal void Check(SysVObjectKind kind, int key, in IpcPerm found)
    {
        if (!IsAllowed(found.uid))
        {
            throw Refuse(kind, key, $"belongs to uid {found.uid}; it must belong to {Wanted()}");
        }

        // The creator keeps every right of the owner. Root has them anyway.
        if (!IsAllowed(found.cuid) && found.cuid != RootUid)
        {
            throw Refuse(kind, key, $"was made by uid {found.cuid}, which can still change it; it must be made by {Wanted()}");
        }

        int mode = (int)found.mode & SysIpc.PermissionMask;
        if (_options.WireIsForeign && kind == SysVObjectKind.Queue)
        {
            // A C program of the other side makes its queue with the mode it was written with, commonly 0666.
            return;
        }

        if (mode != _options.Mode)
        {
            throw Refuse(kind, key, $"of uid {found.uid} has mode 0{Convert.ToString(mode, 8)}; it must have 0{Convert.ToString(_options.Mode, 8)}");
        }

        if (_options.GroupId is { } group && found.gid != group)
        {
            throw Refuse(kind, key, $"of uid {found.uid} belongs to gid {found.gid}; it must belong to gid {group}");
        }
    }

    /// <summary>The object may not even be looked at; <paramref name="found"/> is null where its owner cannot be learnt.</summary>
    internal ResourceRefusedException RefuseUnreadable(SysVObjectKind kind, int key, IpcPerm? found) => Refuse(
        kind,
        key,
        found is { } perm
            ? $"belongs to uid {perm.uid} with mode 0{Convert.ToString(perm.mode & SysIpc.PermissionMask, 8)}, and may not be used by uid {Unistd.geteuid()}; it must belong to {Wanted()}"
            : $"may not be used by uid {Unistd.geteuid()}; it must belong to {Wanted()}");

    private static ResourceRefusedException Refuse(SysVObjectKind kind, int key, string why)
    {
        (string name, string option) = kind == SysVObjectKind.Queue ? ("message queue", "-Q") : ("semaphore set", "-S");
        return new ResourceRefusedException(
            $"The {name} of key {key} (0x{key:x}) {why}. See who uses it with `ipcs -p`; remove it with `ipcrm {option} 0x{key:x}`, or choose another key.");
    }

    private bool IsAllowed(uint uid) => uid == _ownerUid || _options.AllowedOwnerUids.Contains(uid);

    private string Wanted() => _options.AllowedOwnerUids.Count == 0
        ? $"uid {_ownerUid}"
        : $"one of the uids {_ownerUid}, {string.Join(", ", _options.AllowedOwnerUids)}";
}
