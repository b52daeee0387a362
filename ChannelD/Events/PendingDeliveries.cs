using System.Collections.Concurrent;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Events;

/// <summary>The messages of which a report is due: bounded, each with a deadline. For any thread.</summary>
/// <param name="generation">The own generation.</param>
/// <param name="time">The clock of the deadlines.</param>
internal sealed class PendingDeliveries(ulong generation, TimeProvider time) : IDisposable
{
    /// <summary>How many may be due at once.</summary>
    public const int MaxPending = 4096;

    /// <summary>How long a chatD has: less than the player's own line may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ulong, PendingDelivery> _pending = new();
    private ulong _lastId;
    private int _count;

    /// <summary>How many are due.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Lists one more, to be disposed by the caller; null where too many are due.</summary>
    public PendingDelivery? TryBegin(int chatInstance, ulong chatGeneration)
    {
        if (Interlocked.Increment(ref _count) > MaxPending)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        var delivery = new PendingDelivery(this, Interlocked.Increment(ref _lastId), chatInstance, chatGeneration);
        _pending[delivery.Id] = delivery;
        delivery.EndAfter(Limit, time);
        return delivery;
    }

    /// <summary>Takes one off the list.</summary>
    public void Remove(PendingDelivery delivery)
    {
        if (_pending.TryRemove(delivery.Id, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Takes a report; one that is not of the very run that was asked, or for another run than this, is dropped.</summary>
    public void OnReport(ulong chatGeneration, in DeliveryReport report)
    {
        if (report.ChannelGeneration == generation
            && Enum.IsDefined(report.Status)
            && _pending.TryGetValue(report.DeliveryId, out PendingDelivery? delivery)
            && delivery.ChatInstance == report.ChatInstance
            && delivery.ChatGeneration == chatGeneration)
        {
            delivery.Complete(report.Status);
        }
    }

    /// <summary>A chatD is gone, but for one run: it says nothing more.</summary>
    public void EndAll(int chatInstance, ulong exceptGeneration)
    {
        foreach ((_, PendingDelivery delivery) in _pending)
        {
            if (delivery.ChatInstance == chatInstance && delivery.ChatGeneration != exceptGeneration)
            {
                delivery.Complete(null);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, PendingDelivery delivery) in _pending)
        {
            delivery.Complete(null);
        }
    }
}
