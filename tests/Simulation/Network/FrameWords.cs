using System.Globalization;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Simulation.Network;

/// <summary>Says of a frame what it is, for who reads a trace.</summary>
internal static class FrameWords
{
    public static string Of(FrameCodec codec, Mailbox to, byte[] frame)
    {
        if (BatchFormat.TryBegin(frame, out ReadOnlySpan<byte> frames, out int count))
        {
            List<string> words = [];
            while (BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> one))
            {
                words.Add(Of(codec, to, one.ToArray()));
            }

            return string.Create(CultureInfo.InvariantCulture, $"{count} in {frame.Length} bytes: {string.Join("; ", words)}");
        }

        using var scratch = new PooledBuffer();
        MessageKind hint = to.Kind == MailboxKind.Request ? MessageKind.Request : MessageKind.Result;
        if (codec.TryRead(frame, scratch, hint, out Envelope envelope, out ReadOnlySpan<byte> body) != FrameFault.None)
        {
            return $"{frame.Length} bytes that are no frame";
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{envelope.Kind} {envelope.RequestId:x} of session {envelope.UserId} ({envelope.Generation & 0xFFFF:x4}), {TypeOf(envelope, body)}, {frame.Length} bytes");
    }

    private static string TypeOf(in Envelope envelope, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new MessagePackReader(body);
            return reader.ReadArrayHeader() > 0
                ? $"{(envelope.Kind == MessageKind.Result ? "status" : "type")} {reader.ReadInt32()}"
                : "empty";
        }
        catch (MessagePackSerializationException)
        {
            return "a body that cannot be read";
        }
    }
}
