using System.ComponentModel;
using Shared.Protocol.Transport;
using Testing.Support.Ipc;

namespace Faults.Nemesis.Faults;

/// <summary>Puts messages into queues as any process of the same user may.</summary>
internal static class ForeignMessages
{
    /// <summary>A type that no mailbox has, so that nobody reads it.</summary>
    public const long NobodysType = 1_000_000;

    /// <summary>The four mailboxes of instance 0.</summary>
    public static IReadOnlyList<MailboxKind> Kinds { get; } = [MailboxKind.Request, MailboxKind.Result, MailboxKind.Event, MailboxKind.Control];

    /// <summary>The queue of a mailbox; null where it is gone at present.</summary>
    public static RawQueue? QueueOf(FaultWorld world, MailboxKind kind)
    {
        int? id = new Mailbox(kind, 0).IsReadByChannel ? world.Keys.RequestQueueId : world.Keys.ResultQueueId;
        return id is { } there ? new RawQueue(there) : null;
    }

    /// <summary>Sends; false where there is no room, or no queue any more.</summary>
    public static bool TrySend(RawQueue? queue, long mtype, ReadOnlySpan<byte> text)
    {
        try
        {
            queue?.Send(mtype, text);
            return queue is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Takes out what nobody reads.</summary>
    public static void Drain(RawQueue? queue)
    {
        try
        {
            while (queue?.TryReceive(NobodysType) is not null)
            {
            }
        }
        catch (Win32Exception)
        {
            // The queue has gone, and they with it.
        }
    }
}
