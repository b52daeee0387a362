using ChatD.Diagnostics;
using ChatD.Events;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace ChatD.Gateway;

/// <summary>Reads what channelDs push: their side of the links, and what happens in their games.</summary>
/// <param name="codec">The wire.</param>
/// <param name="ports">The channelDs.</param>
/// <param name="events">Takes what players are to be shown.</param>
/// <param name="logger">Takes what an operator should know.</param>
internal sealed class EventReceiver(FrameCodec codec, ChannelPorts ports, IGameEventSink events, ILogger logger) : IFrameReceiver, IDisposable
{
    private readonly PooledBuffer _scratch = new(64);

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        FrameFault fault = codec.TryRead(frame, _scratch, MessageKind.Control, out Envelope envelope, out ReadOnlySpan<byte> body);
        if (fault != FrameFault.None || envelope.Kind is not (MessageKind.Control or MessageKind.Event) || envelope.Generation == 0)
        {
            ChatLog.MalformedEvent(logger, fault.ToString());
            return;
        }

        try
        {
            Read(envelope, body);
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
        // The links notice by themselves when nothing comes; what was in the mailbox for players is gone.
        events.OnLoss();
    }

    private void Read(in Envelope envelope, ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        int typeNumber = MessageTypes.Peek(body);
        switch ((envelope.Kind, typeNumber))
        {
            case (MessageKind.Control, MessageTypes.GreetingAnswer):
                var answer = GreetingAnswer.Read(ref reader);
                ports.Find(answer.ChannelId)?.Link.OnAnswer(envelope.Generation, answer);
                break;
            case (MessageKind.Control, MessageTypes.Farewell):
                ports.Find(Farewell.Read(ref reader).Instance + 1)?.Link.OnFarewell(envelope.Generation);
                break;
            case (MessageKind.Event, MessageTypes.GameEvent or MessageTypes.SessionUpdate or MessageTypes.SessionEnded):
                if (ports.OfGeneration(envelope.Generation) is { } port)
                {
                    Push(port.Channel - 1, envelope, typeNumber, ref reader);
                }

                break;
            default:
                ChatLog.MalformedEvent(logger, "unknown type");
                break;
        }
    }

    private void Push(int channelInstance, in Envelope envelope, int typeNumber, ref MessagePackReader reader)
    {
        ulong channelGeneration = envelope.Generation;
        switch (typeNumber)
        {
            case MessageTypes.GameEvent:
                events.OnEvent(channelInstance, channelGeneration, GameEvent.Read(ref reader), envelope.Trace);
                break;
            case MessageTypes.SessionUpdate:
                events.OnUpdate(channelInstance, channelGeneration, SessionUpdate.Read(ref reader));
                break;
            default:
                events.OnEnded(channelInstance, channelGeneration, SessionEnded.Read(ref reader));
                break;
        }
    }
}
