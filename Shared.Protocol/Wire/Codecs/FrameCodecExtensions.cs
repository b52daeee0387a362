namespace Shared.Protocol.Wire.Codecs;

/// <summary>Calls of a codec that are made for each frame.</summary>
internal static class FrameCodecExtensions
{
    /// <summary><see cref="FrameCodec.Write"/>. A generic virtual method is looked up at each call; the codec that nearly everybody has is called directly.</summary>
    internal static void WriteFrame<TBody>(this FrameCodec codec, in Envelope envelope, in TBody body, PooledBuffer frame)
        where TBody : IWireMessage<TBody>
    {
        if (codec is MessagePackCodec messagePack)
        {
            messagePack.Write(envelope, body, frame);
        }
        else
        {
            codec.Write(envelope, body, frame);
        }
    }
}
