using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Empties the mailboxes of a daemon that is gone. The mutex of the semaphore set is held meanwhile, and a successor has to take that daemon's claim
/// under the same mutex before it uses the queues: so it either is there before, and nothing is taken, or comes after.
/// </summary>
internal sealed unsafe class SysVDiscarder(SysVMembership membership, SysVCalls calls)
{
    // Of a message nothing is wanted but that it is gone.
    private const int MessageBytes = SysMsg.MTypeBytes + 8;

    // Others wait for the mutex meanwhile, a second at most; this many take a millisecond or so.
    private const int MaxAtOnce = 512;

    internal int Discard(DaemonClaim reader, long incarnation, Func<Mailbox, SysVQueue> queueOf)
    {
        int total = 0;
        int count;
        do
        {
            count = 0;
            if (!membership.TryWhileHeldBy(reader, incarnation, () => count = DiscardSome(reader, queueOf)))
            {
                break;
            }

            total += count;
        }
        while (count >= MaxAtOnce);

        return total;
    }

    private int DiscardSome(DaemonClaim reader, Func<Mailbox, SysVQueue> queueOf)
    {
        byte* message = stackalloc byte[MessageBytes];
        int count = 0;
        foreach (Mailbox mailbox in reader.Mailboxes)
        {
            int id = queueOf(mailbox).Id;
            while (id >= 0 && count < MaxAtOnce && calls.TryReceive(id, message, MessageBytes - SysMsg.MTypeBytes, mailbox.MType).Succeeded)
            {
                count++;
            }
        }

        return count;
    }
}
