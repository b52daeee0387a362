using Shared.Protocol.Messages.Events;

namespace ChannelD.Events;

/// <summary>A message whose chatD has to say what became of it. Disposed by whoever waits.</summary>
/// <param name="owner">Where it is listed.</param>
/// <param name="id">Its number.</param>
/// <param name="chatInstance">The chatD's number.</param>
/// <param name="chatGeneration">The run of chatD.</param>
internal sealed class PendingDelivery(PendingDeliveries owner, ulong id, int chatInstance, ulong chatGeneration) : IDisposable
{
    private readonly TaskCompletionSource<DeliveryStatus?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _deadline;

    /// <summary>Its number.</summary>
    public ulong Id { get; } = id;

    /// <summary>The chatD's number.</summary>
    public int ChatInstance { get; } = chatInstance;

    /// <summary>The run of chatD.</summary>
    public ulong ChatGeneration { get; } = chatGeneration;

    /// <summary>What became of it; null where that was not said in time.</summary>
    public Task<DeliveryStatus?> Completion => _completion.Task;

    /// <summary>Ends it as not said in time when the time is over.</summary>
    public void EndAfter(TimeSpan limit, TimeProvider time) =>
        _deadline = time.CreateTimer(static state => ((PendingDelivery)state!).Complete(null), this, limit, Timeout.InfiniteTimeSpan);

    /// <summary>Says what became of it; the first to say so counts.</summary>
    public void Complete(DeliveryStatus? status) => _completion.TrySetResult(status);

    /// <inheritdoc/>
    public void Dispose()
    {
        _deadline?.Dispose();
        owner.Remove(this);
    }
}
