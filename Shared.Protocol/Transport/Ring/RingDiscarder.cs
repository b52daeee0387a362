using Shared.Protocol.Transport.SysV;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// Empties the mailboxes of a daemon that is gone, as its consumer for a moment. The mutex of the semaphore set is held meanwhile, and a successor has to take
/// that daemon's claim under the same mutex before it reads: so it either is there before, and nothing is taken, or comes after.
/// </summary>
internal sealed class RingDiscarder(SysVMembership membership)
{
    // Others wait for the mutex meanwhile, a second at most; this many take a millisecond or so.
    private const int MaxAtOnce = 8192;

    internal int Discard(DaemonClaim reader, long incarnation, Func<Mailbox, RingPort> portOf)
    {
        int total = 0;
        int count;
        do
        {
            count = 0;
            if (!membership.TryWhileHeldBy(reader, incarnation, () => count = DiscardSome(reader, portOf)))
            {
                break;
            }

            total += count;
        }
        while (count >= MaxAtOnce);

        return total;
    }

    private static int DiscardSome(DaemonClaim reader, Func<Mailbox, RingPort> portOf)
    {
        int count = 0;
        foreach (Mailbox mailbox in reader.Mailboxes)
        {
            if (portOf(mailbox).Open(make: false, isReader: false) is { } ring && ring.TryEnter())
            {
                try
                {
                    count += DiscardSome(ring, MaxAtOnce - count);
                }
                finally
                {
                    ring.Leave();
                }
            }
        }

        return count;
    }

    private static int DiscardSome(Ring ring, int most)
    {
        int count = 0;
        while (count < most)
        {
            RingTake taken = ring.TryTake([], out int value);
            if (taken == RingTake.Frame)
            {
                count++;
            }
            else if (taken != RingTake.Pending || ring.IsAlive(value) || !ring.SkipPending())
            {
                break;
            }
        }

        return count;
    }
}
