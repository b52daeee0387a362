using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire.Codecs;

/// <summary>The full protocol: every body, in the frame that <see cref="EnvelopeFormat"/> describes. Neither writing nor reading allocates.</summary>
public sealed class MessagePackCodec : FrameCodec
{
    /// <inheritdoc/>
    public override WireFormat Format => WireFormat.MessagePack;

    /// <inheritdoc/>
    public override bool CarriesSessions => true;

    /// <inheritdoc/>
    public override int MaxInFlight => int.MaxValue;

    /// <inheritdoc/>
    public override ulong MaxRequestId => ulong.MaxValue;

    /// <inheritdoc/>
    public override bool CarriesGeneration => true;

    /// <inheritdoc/>
    public override void Write<TBody>(in Envelope envelope, in TBody body, PooledBuffer frame)
    {
        if (envelope.Part is not null)
        {
            throw new ArgumentException("A piece of a body is bytes; it is written with WriteRaw.", nameof(envelope));
        }

        var writer = new MessagePackWriter(frame);
        EnvelopeFormat.Write(ref writer, envelope);
        body.Write(ref writer);
        writer.Flush();
    }

    /// <inheritdoc/>
    public override void WriteRaw(in Envelope envelope, ReadOnlySpan<byte> body, PooledBuffer frame)
    {
        var writer = new MessagePackWriter(frame);
        EnvelopeFormat.Write(ref writer, envelope);
        if (envelope.Part is null)
        {
            writer.WriteRaw(body);
        }
        else
        {
            writer.Write(body);
        }

        writer.Flush();
    }

    /// <inheritdoc/>
    /// <remarks>The frame says what it is: the hint is not used, nor is the scratch.</remarks>
    public override FrameFault TryRead(
        ReadOnlySpan<byte> frame, PooledBuffer scratch, MessageKind kindHint, out Envelope envelope, out ReadOnlySpan<byte> body)
    {
        scratch.Clear();
        return EnvelopeFormat.TryRead(frame, out envelope, out body);
    }
}
