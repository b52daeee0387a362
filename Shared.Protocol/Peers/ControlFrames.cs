using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Peers;

/// <summary>Frames between the daemons themselves.</summary>
public static class ControlFrames
{
    /// <summary>Sends one; its envelope carries the sender's generation.</summary>
    public static SendStatus TrySend<T>(ITransport transport, FrameCodec codec, Mailbox to, ulong generation, in T message)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer(256);
        codec.Write(new Envelope { Kind = MessageKind.Control, Generation = generation }, message, frame);
        return transport.TrySend(to, frame.WrittenSpan);
    }
}
