using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire;

/// <summary>
/// The bytes of a frame: one MessagePack array.
/// <code>
/// [version, kind, request_id, generation, reply_mailbox, user_id, deadline_ns, trace, part, body]
///  0        1     2           3           4              5        6            7      8     9
/// </code>
/// <c>trace</c> is nil or 25 bytes; <c>part</c> is nil or <c>[index, count]</c>; <c>body</c> is an array, or bytes where part is set.
/// Elements after these are skipped: that is how the format grows without a new version.
/// </summary>
public static partial class EnvelopeFormat
{
    /// <summary>What a frame has at most besides its body, the header of a piece's bytes included.</summary>
    public const int MaxOverheadBytes = 85;

    private const int FieldCount = 10;

    /// <summary>Writes everything before the body, which the caller writes next: an array, or bytes where a part is set.</summary>
    /// <exception cref="ArgumentException">A number of the envelope is out of range.</exception>
    public static void Write(ref MessagePackWriter writer, in Envelope envelope)
    {
        if (!IsSound(envelope))
        {
            throw new ArgumentException($"A number of the envelope is out of range: {envelope}", nameof(envelope));
        }

        writer.WriteArrayHeader(FieldCount);
        writer.Write(Envelope.CurrentVersion);
        writer.Write((int)envelope.Kind);
        writer.Write(envelope.RequestId);
        writer.Write(envelope.Generation);
        writer.Write(envelope.ReplyMailbox);
        writer.Write(envelope.UserId);
        writer.Write(envelope.DeadlineNs);
        WriteTrace(ref writer, envelope.Trace);
        if (envelope.Part is { } part)
        {
            writer.WriteArrayHeader(2);
            writer.Write(part.Index);
            writer.Write(part.Count);
        }
        else
        {
            writer.WriteNil();
        }
    }

    /// <summary>Reads a frame, without exceptions and without allocating, whatever it holds.</summary>
    /// <param name="frame">The bytes, no more and no less than one frame.</param>
    /// <param name="envelope">The envelope; default with a fault.</param>
    /// <param name="body">The body, a whole array or one piece of its bytes, not yet looked into. It lies in the frame.</param>
    public static FrameFault TryRead(ReadOnlySpan<byte> frame, out Envelope envelope, out ReadOnlySpan<byte> body)
    {
        envelope = default;
        body = default;
        var reader = new MessagePackReader(frame);
        MessagePackStatus status = reader.TryReadArrayHeader(out int count);
        if (status != MessagePackStatus.Done || count == 0)
        {
            return FaultOf(status);
        }

        // Before anything else, for another version may have any other shape.
        status = reader.TryReadUInt64(out ulong version);
        if (status != MessagePackStatus.Done)
        {
            return FaultOf(status);
        }

        if (version != Envelope.CurrentVersion)
        {
            return FrameFault.UnknownVersion;
        }

        if (count < FieldCount)
        {
            return FrameFault.Malformed;
        }

        status = TryReadFields(ref reader, out Envelope found);
        if (status == MessagePackStatus.Done)
        {
            status = TryReadBody(ref reader, frame, isPiece: found.Part is not null, out body);
        }

        for (int extra = FieldCount; extra < count && status == MessagePackStatus.Done; extra++)
        {
            status = reader.TrySkip();
        }

        if (status != MessagePackStatus.Done || !reader.End || !IsSound(found))
        {
            body = default;
            return FaultOf(status);
        }

        envelope = found;
        return FrameFault.None;
    }

    private static MessagePackStatus TryReadFields(ref MessagePackReader reader, out Envelope envelope)
    {
        envelope = default;
        MessagePackStatus status;
        if ((status = reader.TryReadInt32(out int kind)) == MessagePackStatus.Done
            && (status = reader.TryReadUInt64(out ulong requestId)) == MessagePackStatus.Done
            && (status = reader.TryReadUInt64(out ulong generation)) == MessagePackStatus.Done
            && (status = reader.TryReadInt64(out long replyMailbox)) == MessagePackStatus.Done
            && (status = reader.TryReadInt32(out int userId)) == MessagePackStatus.Done
            && (status = reader.TryReadInt64(out long deadlineNs)) == MessagePackStatus.Done
            && (status = TryReadTrace(ref reader, out TraceContext? trace)) == MessagePackStatus.Done
            && (status = TryReadPart(ref reader, out FramePart? part)) == MessagePackStatus.Done)
        {
            envelope = new Envelope
            {
                Kind = (MessageKind)kind,
                RequestId = requestId,
                Generation = generation,
                ReplyMailbox = replyMailbox,
                UserId = userId,
                DeadlineNs = deadlineNs,
                Trace = trace,
                Part = part,
            };
        }

        return status;
    }

    private static MessagePackStatus TryReadBody(
        scoped ref MessagePackReader reader, ReadOnlySpan<byte> frame, bool isPiece, out ReadOnlySpan<byte> body)
    {
        if (isPiece)
        {
            return reader.TryReadBytesSpan(out body);
        }

        int start = reader.ConsumedBytes;
        MessagePackReader header = reader;
        MessagePackStatus status = header.TryReadArrayHeader(out _);
        if (status == MessagePackStatus.Done)
        {
            status = reader.TrySkip();
        }

        body = frame[start..reader.ConsumedBytes];
        return status;
    }

    private static bool IsSound(in Envelope envelope) =>
        envelope.Kind is >= MessageKind.Request and <= MessageKind.Control
        && envelope.ReplyMailbox >= 0
        && envelope.UserId >= 0
        && envelope.DeadlineNs >= 0
        && envelope.Part is null or { IsSound: true };

    private static FrameFault FaultOf(MessagePackStatus status) =>
        status == MessagePackStatus.Truncated ? FrameFault.Truncated : FrameFault.Malformed;
}
