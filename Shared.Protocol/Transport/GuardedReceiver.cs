namespace Shared.Protocol.Transport;

/// <summary>
/// A receiver as its reading thread calls it: what it throws goes to whoever counts and logs it, as <see cref="IFrameReceiver"/> promises, and the mailbox is
/// read on.
/// </summary>
/// <param name="receiver">The receiver.</param>
/// <param name="onFailed">Counts and logs; must not throw.</param>
internal sealed class GuardedReceiver(IFrameReceiver receiver, Action<Exception> onFailed)
{
    /// <summary>So many frames without a pause, then what they set off leaves, and another connection of the mailbox has its turn.</summary>
    internal const int MaxBurst = 64;

    /// <inheritdoc cref="IFrameReceiver.ExpectsMore"/>
    internal bool ExpectsMore => receiver.ExpectsMore;

    /// <inheritdoc cref="IFrameReceiver.OnFrame"/>
    internal void OnFrame(ReadOnlySpan<byte> frame)
    {
        try
        {
            receiver.OnFrame(frame);
        }
#pragma warning disable CA1031 // Whatever it throws: so the contract.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            onFailed(exception);
        }
    }

    /// <inheritdoc cref="IFrameReceiver.OnBurstBegin"/>
    internal void OnBurstBegin() => Call(static receiver => receiver.OnBurstBegin());

    /// <inheritdoc cref="IFrameReceiver.OnBurstEnd"/>
    internal void OnBurstEnd() => Call(static receiver => receiver.OnBurstEnd());

    /// <inheritdoc cref="IFrameReceiver.OnReset"/>
    internal void OnReset() => Call(static receiver => receiver.OnReset());

    private void Call(Action<IFrameReceiver> call)
    {
        try
        {
            call(receiver);
        }
#pragma warning disable CA1031 // As with a frame.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            onFailed(exception);
        }
    }
}
