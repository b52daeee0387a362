using Shared.Protocol.Transport.Idle;
using Shared.Protocol.Transport.SysV;

namespace Shared.Protocol.Transport.Ring;

/// <summary>Where the rings are, whose they are, and who this daemon is. Not changed after the transport was opened.</summary>
public sealed class RingTransportOptions
{
    /// <summary>The default of <see cref="Folder"/>: memory that looks like files.</summary>
    public const string DefaultFolder = "/dev/shm";

    /// <summary>The default of <see cref="RingBytes"/>: 1 MiB.</summary>
    public const int DefaultRingBytes = 1024 * 1024;

    /// <summary>The key of the daemons: part of the files' names, and the key of the semaphore set that knows who is there. Not 0.</summary>
    public required int Key { get; init; }

    /// <summary>Which daemon this is.</summary>
    public required DaemonClaim Claim { get; init; }

    /// <summary>Where the files are; it must be there. Defaults to <see cref="DefaultFolder"/>.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>How many bytes each mailbox made here holds: a power of two from 64 KiB to 32 MiB. Defaults to <see cref="DefaultRingBytes"/>.</summary>
    public int RingBytes { get; init; } = DefaultRingBytes;

    /// <summary>The permissions of what is made here, and those that what is found must have. Defaults to 0600. Group bits only with <see cref="GroupId"/>.</summary>
    public int Mode { get; init; } = SysVTransportOptions.OwnerOnly;

    /// <summary>The group that files are given to, and must belong to. Null (the default) where the mode has no group bits.</summary>
    public uint? GroupId { get; init; }

    /// <summary>The user whose files these are. Null (the default): the effective user of this process.</summary>
    public uint? OwnerUid { get; init; }

    /// <summary>Further users that may have made a file: the peer's, where the daemons run as two. Defaults to none.</summary>
    public IReadOnlyCollection<uint> AllowedOwnerUids { get; init; } = [];

    /// <summary>What a reading thread does while its mailbox is empty; called once for each thread. Defaults to sleeping at once.</summary>
    public Func<IIdleStrategy> IdleStrategy { get; init; } = static () => BlockingIdleStrategy.Instance;

    /// <summary>For tests: the lap that a new ring starts in, from the last before the numbers go on from 0. Null: a random one.</summary>
    internal ulong? LapsBeforeWrap { get; init; }

    /// <summary>The same, as the semaphore set wants it.</summary>
    internal SysVTransportOptions ForMembership() => new()
    {
        RequestKey = Key,
        Claim = Claim,
        Mode = Mode,
        GroupId = GroupId,
        OwnerUid = OwnerUid,
        AllowedOwnerUids = AllowedOwnerUids,
    };

    /// <summary>Guards what no configuration may contain; the daemons' validators say it first, and better.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Validate()
    {
        ForMembership().Validate();
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        if (RingBytes is < RingDescriptor.MinRingBytes or > RingDescriptor.MaxRingBytes || (RingBytes & (RingBytes - 1)) != 0)
        {
            throw new ArgumentException($"A ring of {RingBytes} bytes: it must be a power of two from {RingDescriptor.MinRingBytes} to {RingDescriptor.MaxRingBytes}.");
        }
    }
}
