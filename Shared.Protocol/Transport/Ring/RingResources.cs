using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.SysV;

namespace Shared.Protocol.Transport.Ring;

/// <summary>The rings, as far as the daemons' semaphore set is concerned.</summary>
internal sealed class RingResources(RingTransportOptions options, RingFiles files, IReadOnlyList<RingPort> own) : ISharedResources
{
    /// <inheritdoc/>
    public void Check(SysVSemaphoreSet set)
    {
        // In a container, or a unit with a /dev/shm of its own, one path is two folders: each would write into files that the other never sees.
        if (set.RecordedQueue(SysVSetDescriptor.RequestRecord) is { } theirs && theirs != FolderMark())
        {
            throw new ResourceRefusedException(
                $"The daemons of key {options.Key} (0x{options.Key:x}) that run have their rings in another folder than '{options.Folder}' as this {options.Claim} sees it. Give all of them one `Ipc:RingFolder`; in containers also one /dev/shm (docker-compose `ipc: service:NAME` shares it), with systemd no private one.");
        }
    }

    /// <inheritdoc/>
    public void Open()
    {
        foreach (RingPort port in own)
        {
            port.OpenAtStart();
        }
    }

    /// <inheritdoc/>
    public void Record(SysVSemaphoreSet set)
    {
        set.RecordQueue(SysVSetDescriptor.RequestRecord, FolderMark());
        set.RecordQueue(SysVSetDescriptor.ResultRecord, SysVSetDescriptor.RingMark);
    }

    /// <inheritdoc/>
    public void RemoveAll() => files.RemoveAll();

    // Which folder it is, in what a record holds: the same for all who see the same one.
    private int FolderMark()
    {
        if (!SysStat.TryStat(options.Folder, out FileState state))
        {
            return 0;
        }

        FileIdentity identity = state.Identity;
        ulong mixed = (identity.Inode ^ ((ulong)identity.DeviceMajor << 20) ^ ((ulong)identity.DeviceMinor << 40)) * 0x9E37_79B9_7F4A_7C15;
        return (int)(mixed >> 34);
    }
}
