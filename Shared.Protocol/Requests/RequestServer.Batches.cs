using System.Runtime.ExceptionServices;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <content>Many requests in one frame: run one after the other, and what is answered at once is answered in one frame too.</content>
public sealed partial class RequestServer
{
    // For so long a result may wait for those behind it. A look-up takes some microseconds; a handler that takes its time holds up none before it.
    private const long LongestHoldNs = 200_000;

    // Whether the last frame had several requests. For the reading thread.
    private bool _isBusy;

    /// <inheritdoc/>
    /// <remarks>Who sends batches has many requests under way, and goes on as soon as the first are answered.</remarks>
    public bool ExpectsMore => Volatile.Read(ref _isBusy);

    /// <summary>Sends the results that were made so far. For the watchdog: their thread does not come to it.</summary>
    private void FlushReplies(InlineCall call) => call.Replies.Flush(_outbox, close: true);

    private void OnBatch(ReadOnlySpan<byte> frames, int count)
    {
        InlineCall call = Volatile.Read(ref _inline);
        Statistics.CountBatch(count);
        ServedMetrics.ReadBatch(count);
        call.Rest.Begin(frames);
        t_replies = call.Replies;
        ExceptionDispatchInfo? fault = null;
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (!call.Rest.TryTake(out ReadOnlySpan<byte> one))
                {
                    if (!call.Rest.IsTakenOver)
                    {
                        Statistics.CountMalformed();
                    }

                    break;
                }

                try
                {
                    long nowNs = _clock.NowNs;
                    SendIfHeld(call, nowNs);
                    OnRequest(call, one, nowNs);
                }
#pragma warning disable CA1031 // A user's message may throw at what is in it: that must not be the loss of those behind it, which are others'. The transport hears of it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    fault ??= ExceptionDispatchInfo.Capture(exception);
                }
            }
        }
        finally
        {
            t_replies = null;
            call.Replies.Flush(_outbox, close: true);
        }

        fault?.Throw();
    }

    /// <summary>
    /// Refuses what is behind a request whose handler does not return: another thread reads on meanwhile, and to run these later would be out of turn.
    /// </summary>
    private void RefuseRest(InlineCall call, PooledBuffer scratch)
    {
        ReadOnlySpan<byte> rest = call.Rest.TakeOver();
        while (BatchFormat.TryTake(ref rest, out ReadOnlySpan<byte> one))
        {
            Refuse(one, scratch);
        }
    }

    private void SendIfHeld(InlineCall call, long nowNs)
    {
        if (call.Replies.BeganNs is > 0 and long began && nowNs - began > LongestHoldNs)
        {
            call.Replies.Flush(_outbox, close: false);
        }
    }

    private void Refuse(ReadOnlySpan<byte> frame, PooledBuffer scratch)
    {
        if (_codec.TryRead(frame, scratch, MessageKind.Request, out Envelope envelope, out _) == FrameFault.None
            && envelope.Kind == MessageKind.Request
            && Mailbox.TryFromMType(envelope.ReplyMailbox, out Mailbox replyTo)
            && replyTo.Kind == MailboxKind.Result)
        {
            Statistics.CountReceived();
            Statistics.CountRefused();
            Send(envelope, ResultBody<NoMessage>.Busy(OutcomeCodes.Overloaded));
        }
        else
        {
            Statistics.CountMalformed();
        }
    }

    private void Post(Mailbox to, ReadOnlySpan<byte> frame, long deadlineNs)
    {
        if (t_replies is not { } replies)
        {
            _outbox.Post(to, frame, deadlineNs);
            return;
        }

        // No longer than the queue takes: what was made for the socket could not fall back. And no more of it than a part of a large result: where others have left
        // little room, a whole queue's worth would wait until all of it is free.
        int maxBytes = (int)Math.Min(_transport.Limits.MaxFrameBytes, _transport.Limits.ResultCapacityBytes / PartsPerQueue);
        if (!replies.TryAdd(to, frame, deadlineNs, maxBytes, _clock))
        {
            replies.Flush(_outbox, close: false);
            if (!replies.TryAdd(to, frame, deadlineNs, maxBytes, _clock))
            {
                _outbox.Post(to, frame, deadlineNs);
            }
        }
    }
}
