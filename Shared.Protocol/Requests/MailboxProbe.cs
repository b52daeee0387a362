using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// Shows that a mailbox can be sent to and is read: puts an empty frame into it and waits until its own reader has taken it out. Safe on every
/// thread; several who ask at once share one frame and what it shows.
/// </summary>
/// <param name="transport">Carries the frame. Not owned.</param>
/// <param name="time">Where the time comes from.</param>
internal sealed class MailboxProbe(ITransport transport, TimeProvider time)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(20);

    // The look under way: ends with what it finds, and cancelled where it was given up and has found nothing.
    private TaskCompletionSource<string?>? _waiting;

    // How many frames were sent and not read. One that was lost with its queue stays here, and lets one of somebody else's pass for it.
    private int _underWay;

    /// <summary>The reader has taken an empty frame out. False where it is none of these: nobody else has a reason to send one.</summary>
    public bool TryTake()
    {
        if (Interlocked.Decrement(ref _underWay) < 0)
        {
            _ = Interlocked.Increment(ref _underWay);
            return false;
        }

        Interlocked.Exchange(ref _waiting, null)?.TrySetResult(null);
        return true;
    }

    /// <summary>Looks. Null when the mailbox is in order, else what is wrong with it.</summary>
    /// <param name="mailbox">The mailbox whose reader calls <see cref="TryTake"/>.</param>
    /// <param name="limit">How long sending and reading may take together.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<string?> FindFaultAsync(Mailbox mailbox, TimeSpan limit, CancellationToken cancellationToken)
    {
        long beganAt = time.GetTimestamp();
        while (true)
        {
            TaskCompletionSource<string?> mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource<string?>? others = Interlocked.CompareExchange(ref _waiting, mine, null);
            if (others is null)
            {
                return await LookAsync(mine, mailbox, beganAt, limit, cancellationToken);
            }

            try
            {
                return await WaitAsync(others, mailbox, beganAt, limit, cancellationToken);
            }
            catch (OperationCanceledException) when (others.Task.IsCanceled && !cancellationToken.IsCancellationRequested)
            {
                // Whoever looked has given up, which says nothing of the mailbox.
            }
        }
    }

    private async ValueTask<string?> LookAsync(
        TaskCompletionSource<string?> mine, Mailbox mailbox, long beganAt, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            string? fault = await SendAsync(mailbox, beganAt, limit, cancellationToken) switch
            {
                SendStatus.Sent => await WaitAsync(mine, mailbox, beganAt, limit, cancellationToken),
                SendStatus.Full => $"mailbox {mailbox} is full",
                SendStatus status => $"mailbox {mailbox} cannot be sent to: {status}",
            };
            mine.TrySetResult(fault);
            return fault;
        }
        finally
        {
            // Nobody joins a look that has ended; and the next one sends a frame of its own, for this one may be lost with its queue.
            _ = Interlocked.CompareExchange(ref _waiting, null, mine);
            mine.TrySetCanceled(CancellationToken.None);
        }
    }

    private async ValueTask<string?> WaitAsync(
        TaskCompletionSource<string?> look, Mailbox mailbox, long beganAt, TimeSpan limit, CancellationToken cancellationToken)
    {
        TimeSpan rest = limit - time.GetElapsedTime(beganAt);
        try
        {
            return await look.Task.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"mailbox {mailbox} was not read within {limit.TotalMilliseconds} ms";
        }
    }

    private async ValueTask<SendStatus> SendAsync(Mailbox mailbox, long beganAt, TimeSpan limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Full for a moment is ordinary under load; full for long is not.
            _ = Interlocked.Increment(ref _underWay);
            SendStatus status = transport.TrySend(mailbox, []);
            if (status != SendStatus.Sent)
            {
                _ = Interlocked.Decrement(ref _underWay);
            }

            if (status != SendStatus.Full || time.GetElapsedTime(beganAt) >= limit)
            {
                return status;
            }

            await Task.Delay(s_retryAfter, time, cancellationToken);
        }
    }
}
