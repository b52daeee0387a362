using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// The way to one mailbox: what is out there, and what waits here for it. Each mailbox has its own, so that one whose reader stands still holds up
/// nobody who asks another. All of it belongs to the lock of its <see cref="RequestClient"/>, but for <see cref="Batch"/>.
/// </summary>
/// <param name="to">The mailbox.</param>
/// <param name="credits">What may be out.</param>
/// <param name="pending">What waits here.</param>
internal sealed class RequestLane(Mailbox to, CreditWindow credits, FairFrames pending)
{
    // A user's turn where requests leave together: about what a socket takes in one write, and a small part of a batch.
    private const int BatchTurnFrames = 16;

    /// <summary>The mailbox.</summary>
    public Mailbox To { get; } = to;

    /// <summary>What may be out.</summary>
    public CreditWindow Credits { get; } = credits;

    /// <summary>What waits here.</summary>
    public FairFrames Pending { get; } = pending;

    /// <summary>Whether the reader of the mailbox takes several requests in one frame.</summary>
    public bool TakesBatches
    {
        get;
        set
        {
            field = value;
            Pending.MaxTurnFrames = value ? BatchTurnFrames : 1;
        }
    }

    /// <summary>What the thread that sends at the moment puts together. It belongs to whoever has set <see cref="IsFlushing"/>, and is empty when he gives that up.</summary>
    public RequestBatch Batch { get; } = new();

    /// <summary>How many requests were sent, or put together to be.</summary>
    public ulong SentSequence { get; set; }

    /// <summary>The last one of those that was answered; its reader has read all before it.</summary>
    public ulong AnsweredSequence { get; set; }

    /// <summary>Whether further requests are refused, because the reader takes its leave.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether a thread is sending what waits: one at a time, so that the order stays.</summary>
    public bool IsFlushing { get; set; }

    /// <summary>The managed id of the thread that sends on it at the end of its burst, and until then puts what it asks into <see cref="Batch"/>; 0 for none.</summary>
    public int HolderThreadId { get; set; }
}
