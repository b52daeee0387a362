using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// Shows that a mailbox can be sent to and is read: puts an empty frame into it and waits until its own reader has taken it out. Safe on every
/// thread; several who ask at once share one frame.
/// </summary>
/// <param name="transport">Carries the frame. Not owned.</param>
/// <param name="time">Where the time comes from.</param>
internal sealed class MailboxProbe(ITransport transport, TimeProvider time)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(20);

    private TaskCompletionSource? _waiting;

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

        Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
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
        TaskCompletionSource mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _waiting, mine, null) is { } others)
        {
            mine = others;
        }
        else if (await SendAsync(mailbox, beganAt, limit, cancellationToken) is var status and not SendStatus.Sent)
        {
            _ = Interlocked.CompareExchange(ref _waiting, null, mine);
            mine.TrySetResult();
            return status == SendStatus.Full ? $"mailbox {mailbox} is full" : $"mailbox {mailbox} cannot be sent to: {status}";
        }

        try
        {
            TimeSpan rest = limit - time.GetElapsedTime(beganAt);
            await mine.Task.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, cancellationToken);
            return null;
        }
        catch (TimeoutException)
        {
            // The next one to ask sends a frame of its own: this one may be lost, with its queue.
            _ = Interlocked.CompareExchange(ref _waiting, null, mine);
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
