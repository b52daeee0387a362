using ChatD.Diagnostics;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Peers;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace ChatD.Gateway;

/// <summary>Reads what channels push: their side of the link.</summary>
/// <param name="codec">The wire.</param>
/// <param name="link">Takes greetings' answers and farewells.</param>
/// <param name="logger">Takes what an operator should know.</param>
internal sealed class EventReceiver(FrameCodec codec, ChannelLink link, ILogger logger) : IFrameReceiver, IDisposable
{
    private readonly PooledBuffer _scratch = new(64);

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        FrameFault fault = codec.TryRead(frame, _scratch, MessageKind.Control, out Envelope envelope, out ReadOnlySpan<byte> body);
        if (fault != FrameFault.None || envelope.Kind != MessageKind.Control || envelope.Generation == 0)
        {
            ChatLog.MalformedEvent(logger, fault.ToString());
            return;
        }

        try
        {
            var reader = new MessagePackReader(body);
            switch (MessageTypes.Peek(body))
            {
                case MessageTypes.GreetingAnswer:
                    link.OnAnswer(envelope.Generation, GreetingAnswer.Read(ref reader));
                    break;
                case MessageTypes.Farewell:
                    link.OnFarewell(envelope.Generation);
                    break;
                default:
                    ChatLog.MalformedEvent(logger, "unknown type");
                    break;
            }
        }
        catch (MessagePackSerializationException exception)
        {
            ChatLog.MalformedEvent(logger, exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <inheritdoc/>
    public void OnReset()
    {
        // The link notices by itself when nothing comes.
    }
}
