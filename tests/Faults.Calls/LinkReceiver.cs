using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Peers;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Faults.Calls;

/// <summary>Hands the channel's answers to the link.</summary>
internal sealed class LinkReceiver(FrameCodec codec, ChannelLink link) : IFrameReceiver
{
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        using var scratch = new PooledBuffer();
        codec.TryRead(frame, scratch, MessageKind.Control, out Envelope envelope, out ReadOnlySpan<byte> body);
        var reader = new MessagePackReader(body);
        if (MessageTypes.Peek(body) == MessageTypes.GreetingAnswer)
        {
            link.OnAnswer(envelope.Generation, GreetingAnswer.Read(ref reader));
        }
        else
        {
            link.OnFarewell(envelope.Generation);
        }
    }

    public void OnReset()
    {
    }
}
