using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <content>Many requests in one frame: run one after the other, and what is answered at once is answered in one frame too.</content>
public sealed partial class RequestServer
{
    // For so long a result may wait for those behind it. A look-up takes some microseconds; a handler that takes its time holds up none before it.
    private const long LongestHoldNs = 200_000;

    /// <summary>Sends the results that were made so far. For the watchdog: their thread does not come to it.</summary>
    private void FlushReplies(InlineCall call) => call.Replies.Flush(_outbox, close: true);

    private void OnBatch(ReadOnlySpan<byte> frames, int count)
    {
        InlineCall call = Volatile.Read(ref _inline);
        Statistics.CountBatch(count);
        if (count > 0 && TryFindAsker(call, frames, out Mailbox asker))
        {
            call.Replies.Open(asker);
        }

        t_replies = call.Replies;
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (!BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> one))
                {
                    Statistics.CountMalformed();
                    return;
                }

                if (ReferenceEquals(Volatile.Read(ref _inline), call))
                {
                    long nowNs = _clock.NowNs;
                    SendIfHeld(call, nowNs);
                    OnRequest(call, one, nowNs);
                }
                else
                {
                    // The one before did not return for long, and another thread has read on meanwhile: to run these now would be out of turn.
                    RefuseOutOfTurn(call, one);
                }
            }
        }
        finally
        {
            t_replies = null;
            call.Replies.Flush(_outbox, close: true);
        }
    }

    // Who sent them, and so takes batches. Results for others leave by themselves.
    private bool TryFindAsker(InlineCall call, ReadOnlySpan<byte> frames, out Mailbox asker)
    {
        asker = default;
        return BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> first)
            && _codec.TryRead(first, call.Scratch, MessageKind.Request, out Envelope envelope, out _) == FrameFault.None
            && Mailbox.TryFromMType(envelope.ReplyMailbox, out asker);
    }

    private void SendIfHeld(InlineCall call, long nowNs)
    {
        if (call.Replies.BeganNs is > 0 and long began && nowNs - began > LongestHoldNs)
        {
            call.Replies.Flush(_outbox, close: false);
        }
    }

    private void RefuseOutOfTurn(InlineCall call, ReadOnlySpan<byte> frame)
    {
        if (_codec.TryRead(frame, call.Scratch, MessageKind.Request, out Envelope envelope, out _) == FrameFault.None
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

        // No longer than the queue takes: what was made for the socket could not fall back.
        int maxBytes = _transport.Limits.MaxFrameBytes;
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
