using System.Buffers.Binary;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire;

/// <content>The two fields that may be nil: the trace and the part.</content>
public static partial class EnvelopeFormat
{
    private const int TraceBytes = 25;

    private static void WriteTrace(ref MessagePackWriter writer, TraceContext? trace)
    {
        if (trace is not { } context)
        {
            writer.WriteNil();
            return;
        }

        Span<byte> bytes = stackalloc byte[TraceBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, context.TraceIdHigh);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], context.TraceIdLow);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], context.SpanId);
        bytes[24] = context.Flags;
        writer.Write(bytes);
    }

    /// <summary>
    /// Reads the trace, or passes over what is none: 25 bytes that name a trace and a span are one, anything else is as nil. Who asks must not be
    /// refused for what only observers need, and a later peer may put something else there.
    /// </summary>
    private static MessagePackStatus TryReadTrace(ref MessagePackReader reader, out TraceContext? trace)
    {
        trace = null;
        MessagePackStatus status = reader.TryReadNil(out bool isNil);
        if (status != MessagePackStatus.Done || isNil)
        {
            return status;
        }

        MessagePackReader ahead = reader;
        if (ahead.TryReadBytesSpan(out ReadOnlySpan<byte> bytes) != MessagePackStatus.Done || bytes.Length != TraceBytes)
        {
            return reader.TrySkip();
        }

        reader = ahead;
        var found = new TraceContext(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            bytes[24]);
        trace = found.IsValid ? found : null;
        return MessagePackStatus.Done;
    }

    private static MessagePackStatus TryReadPart(ref MessagePackReader reader, out FramePart? part)
    {
        part = null;
        MessagePackStatus status = reader.TryReadNil(out bool isNil);
        if (status != MessagePackStatus.Done || isNil)
        {
            return status;
        }

        if ((status = reader.TryReadArrayHeader(out int count)) == MessagePackStatus.Done
            && (status = count == 2 ? MessagePackStatus.Done : MessagePackStatus.Mismatch) == MessagePackStatus.Done
            && (status = reader.TryReadInt32(out int index)) == MessagePackStatus.Done
            && (status = reader.TryReadInt32(out int pieces)) == MessagePackStatus.Done)
        {
            part = new FramePart(index, pieces);
        }

        return status;
    }
}
