namespace Shared.Protocol.Transport.InMemory;

/// <summary>
/// What several <see cref="InMemoryTransport"/>s of one process share: the mailboxes and their capacity. It stands for the kernel's
/// queues, with the same limits and the same full. For any threads.
/// </summary>
public sealed class InMemoryBus
{
    private readonly Dictionary<Mailbox, InMemoryMailbox> _mailboxes = [];
    private readonly Dictionary<DaemonClaim, long> _claims = [];
    private readonly Lock _gate = new();
    private long _attachments;
    private InMemoryCapacity _requestCapacity;
    private InMemoryCapacity _resultCapacity;

    /// <summary>Makes an empty bus. The defaults are those of a Linux kernel.</summary>
    /// <param name="maxFrameBytes">The largest frame, in bytes, from 1.</param>
    /// <param name="capacityBytes">What the mailboxes of one direction hold together, in bytes, and in frames.</param>
    /// <param name="isShared">Whether both directions share one capacity, as a single queue does.</param>
    public InMemoryBus(int maxFrameBytes = 8192, long capacityBytes = 16384, bool isShared = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFrameBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, maxFrameBytes);
        Limits = new TransportLimits(maxFrameBytes, capacityBytes, capacityBytes, isShared);
        MakeCapacities();
    }

    /// <summary>What it can hold.</summary>
    public TransportLimits Limits { get; }

    /// <summary>How many daemons are attached.</summary>
    public int AttachedCount
    {
        get
        {
            lock (_gate)
            {
                return _claims.Count;
            }
        }
    }

    /// <summary>Attaches a daemon. The caller owns the transport.</summary>
    /// <param name="claim">Which daemon it is.</param>
    /// <param name="receiverFailed">Is told what a receiver threw; called on the reading thread. It must not throw.</param>
    /// <exception cref="ResourceRefusedException">That daemon is attached already.</exception>
    public InMemoryTransport Attach(DaemonClaim claim, Action<Mailbox, Exception>? receiverFailed = null)
    {
        claim.Validate();
        lock (_gate)
        {
            if (!_claims.TryAdd(claim, ++_attachments))
            {
                throw new ResourceRefusedException($"A second {claim} on one bus. Give it another number.");
            }
        }

        return new InMemoryTransport(this, claim, receiverFailed);
    }

    internal InMemoryMailbox Get(Mailbox mailbox)
    {
        if ((uint)mailbox.Instance > Mailbox.MaxInstance || mailbox.Kind is < MailboxKind.Request or > MailboxKind.Control)
        {
            throw new ArgumentOutOfRangeException(nameof(mailbox), mailbox, "There is no such mailbox.");
        }

        lock (_gate)
        {
            if (!_mailboxes.TryGetValue(mailbox, out InMemoryMailbox? found))
            {
                found = new InMemoryMailbox(mailbox.IsReadByChannel ? _requestCapacity : _resultCapacity);
                _mailboxes.Add(mailbox, found);
            }

            return found;
        }
    }

    internal long GetIncarnation(DaemonClaim claim)
    {
        lock (_gate)
        {
            return _claims.GetValueOrDefault(claim);
        }
    }

    /// <summary>See <see cref="ITransport.Discard"/>; nobody attaches while it runs.</summary>
    internal int Discard(DaemonClaim reader, long incarnation)
    {
        reader.Validate();
        lock (_gate)
        {
            if (_claims.TryGetValue(reader, out long present) && present != incarnation)
            {
                return 0;
            }

            int count = 0;
            foreach (Mailbox address in reader.Mailboxes)
            {
                count += _mailboxes.TryGetValue(address, out InMemoryMailbox? mailbox) ? mailbox.Clear() : 0;
            }

            return count;
        }
    }

    /// <summary>The last daemon to leave takes all frames with it.</summary>
    internal void Detach(DaemonClaim claim)
    {
        lock (_gate)
        {
            _claims.Remove(claim);
            if (_claims.Count == 0)
            {
                foreach (InMemoryMailbox mailbox in _mailboxes.Values)
                {
                    mailbox.Clear();
                }

                _mailboxes.Clear();
                MakeCapacities();
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_requestCapacity), nameof(_resultCapacity))]
    private void MakeCapacities()
    {
        _requestCapacity = new InMemoryCapacity(Limits.RequestCapacityBytes);
        _resultCapacity = Limits.IsShared ? _requestCapacity : new InMemoryCapacity(Limits.ResultCapacityBytes);
    }
}
