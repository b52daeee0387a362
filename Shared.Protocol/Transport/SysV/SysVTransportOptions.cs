using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Transport.SysV;

/// <summary>Where the queues are, whose they are, and who this daemon is. Not changed after the transport was opened.</summary>
public sealed class SysVTransportOptions
{
    /// <summary>The default of <see cref="Mode"/>, octal 0600: nobody but the owner. Any user that may write can act as chatD for every player.</summary>
    public const int OwnerOnly = 0x180;

    /// <summary>Octal 0660: the owner and one group, for daemons that run as two users.</summary>
    public const int OwnerAndGroup = 0x1B0;

    /// <summary>The key of the queue that channelDs read, and of the semaphore set of the daemons. Not 0, which is IPC_PRIVATE.</summary>
    public required int RequestKey { get; init; }

    /// <summary>The key of the queue that chatDs read. Defaults to the request key + 1. Not looked at with <see cref="SingleQueue"/>.</summary>
    public int? ResultKey { get; init; }

    /// <summary>Both directions in the request key's queue, split by message type only. Defaults to false: two queues.</summary>
    public bool SingleQueue { get; init; }

    /// <summary>Which daemon this is.</summary>
    public required DaemonClaim Claim { get; init; }

    /// <summary>
    /// The permissions of what is made here, and those that a found queue must have. Defaults to <see cref="OwnerOnly"/>. Group bits
    /// only with <see cref="GroupId"/>; bits for others never.
    /// </summary>
    public int Mode { get; init; } = OwnerOnly;

    /// <summary>The group that the queues are given to, and must belong to. Null (the default) where the mode has no group bits.</summary>
    public uint? GroupId { get; init; }

    /// <summary>The user whose queues these are. Null (the default): the effective user of this process.</summary>
    public uint? OwnerUid { get; init; }

    /// <summary>Further users that may have made a queue: the peer's, where the daemons run as two. Defaults to none.</summary>
    public IReadOnlyCollection<uint> AllowedOwnerUids { get; init; } = [];

    /// <summary>The capacity each queue is to have, in bytes. Defaults to 0: whatever it has (<c>kernel.msgmnb</c> when it was made).</summary>
    public long DesiredQueueBytes { get; init; }

    /// <summary>
    /// Whether C programs are on the other side (text and struct wires). Then a found queue may have any mode as long as the owner is
    /// right, and a queue that the daemons did not make, or that such a program uses, is not removed. Defaults to false.
    /// </summary>
    public bool WireIsForeign { get; init; }

    /// <summary>What a reading thread does while its mailbox is empty; called once for each thread. Defaults to sleeping at once.</summary>
    public Func<IIdleStrategy> IdleStrategy { get; init; } = static () => BlockingIdleStrategy.Instance;

    internal int EffectiveResultKey => SingleQueue ? RequestKey : ResultKey ?? unchecked(RequestKey + 1);

    /// <summary>Guards what no configuration may contain; the daemons' validators say it first, and better.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    internal void Validate()
    {
        Claim.Validate();
        Require(RequestKey != 0 && EffectiveResultKey != 0, "A key is 0, which is IPC_PRIVATE: nobody else would find the queue.");
        Require(
            SingleQueue || EffectiveResultKey != RequestKey,
            $"Request and result key are both {RequestKey}; that takes SingleQueue.");
        Require((Mode & ~OwnerAndGroup) == 0 && (Mode & OwnerOnly) == OwnerOnly, $"Mode 0{Convert.ToString(Mode, 8)} is not 0600 or 0660.");
        Require(((Mode & 0x38) != 0) == GroupId.HasValue, $"Mode 0{Convert.ToString(Mode, 8)} and group '{GroupId}': a group takes 0660, and 0660 a group.");
        Require(DesiredQueueBytes >= 0, $"The desired capacity is {DesiredQueueBytes} bytes.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
