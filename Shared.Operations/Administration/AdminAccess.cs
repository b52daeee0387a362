using Shared.Protocol.Interop.Linux;

namespace Shared.Operations.Administration;

/// <summary>
/// Who may administer a daemon: its own user, root, and the members of one group. The mode of the socket keeps all others out already; this holds
/// also where somebody has changed that mode.
/// </summary>
/// <param name="ownUid">The user of the daemon.</param>
/// <param name="groupId">The group; null for none.</param>
internal sealed class AdminAccess(uint ownUid, uint? groupId)
{
    private const uint RootUid = 0;

    /// <summary>The rights by a group, for this process.</summary>
    public static AdminAccess OfThisProcess(uint? groupId) => new(Unistd.geteuid(), groupId);

    /// <summary>Whether somebody may.</summary>
    public bool Allows(AdminCaller caller) =>
        caller.UserId == ownUid
        || caller.UserId == RootUid
        || (groupId is { } group && (caller.GroupId == group || caller.Groups.Contains(group)));

    /// <summary>Who may, in words.</summary>
    public override string ToString() => groupId is { } group ? $"uid {ownUid}, root, and members of gid {group}" : $"uid {ownUid} and root";
}
