using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Requests;

/// <content>How results get out: whole where they fit a frame, in parts where they do not.</content>
public sealed partial class RequestServer
{
    // A part takes at most this share of the queue, so that a large result passes through a small queue bit by bit.
    private const int PartsPerQueue = 4;

    private void Send<TResult>(in Envelope request, in ResultBody<TResult> body)
        where TResult : IWireMessage<TResult>
    {
        _ = Mailbox.TryFromMType(request.ReplyMailbox, out Mailbox to);
        var envelope = new Envelope
        {
            Kind = MessageKind.Result,
            RequestId = request.RequestId,
            Generation = request.Generation,
            UserId = request.UserId,
            DeadlineNs = request.DeadlineNs,
        };
        PooledBuffer frame = t_frame ??= new PooledBuffer();
        frame.Clear();
        try
        {
            try
            {
                _codec.WriteFrame(envelope, body, frame);
            }
#pragma warning disable CA1031 // A result is made by a user's code, as its handler is: text that is not Unicode, for one, cannot be written.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                frame.Clear();
                _codec.WriteFrame(envelope, Fail<TResult>(exception), frame);
            }

            if (frame.WrittenBytes > _options.MaxResultBytes + EnvelopeFormat.MaxOverheadBytes)
            {
                frame.Clear();
                _codec.WriteFrame(envelope, ResultBody<TResult>.Error(OutcomeCodes.TooLarge), frame);
            }

            if (frame.WrittenBytes <= _transport.MaxFrameBytesTo(to))
            {
                Post(to, frame.WrittenSpan, envelope.DeadlineNs);
            }
            else
            {
                SendInParts(envelope, body, to, frame);
            }
        }
        finally
        {
            if (frame.WrittenBytes > 64 * 1024)
            {
                // A rare large result must not stay with the thread for ever.
                frame.Dispose();
                t_frame = null;
            }
        }
    }

    private void SendInParts<TResult>(in Envelope envelope, in ResultBody<TResult> body, Mailbox to, PooledBuffer frame)
        where TResult : IWireMessage<TResult>
    {
        using var whole = new PooledBuffer(frame.WrittenBytes);
        var writer = new MessagePackWriter(whole);
        body.Write(ref writer);
        writer.Flush();
        ReadOnlySpan<byte> rest = whole.WrittenSpan;
        long frameBytes = Math.Min(_transport.Limits.MaxFrameBytes, _transport.Limits.ResultCapacityBytes / PartsPerQueue);
        int partBytes = (int)Math.Max(EnvelopeFormat.MaxOverheadBytes, frameBytes - EnvelopeFormat.MaxOverheadBytes);
        int count = (rest.Length + partBytes - 1) / partBytes;
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> piece = rest[..Math.Min(partBytes, rest.Length)];
            rest = rest[piece.Length..];
            frame.Clear();
            _codec.WriteRaw(envelope with { Part = new FramePart(index, count) }, piece, frame);
            Post(to, frame.WrittenSpan, envelope.DeadlineNs);
        }
    }
}
