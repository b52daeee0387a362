using ChannelD.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace ChannelD.Tests.Gateway;

public sealed class ControlDispatcherTests : IFrameReceiver, IControlReceiver, IDisposable
{
    private readonly MessagePackCodec _codec = new();
    private readonly ControlDispatcher _dispatcher;
    private readonly List<byte[]> _others = [];
    private readonly List<(ulong Generation, int TypeNumber)> _mine = [];
    private int _resets;

    public ControlDispatcherTests()
    {
        _dispatcher = new ControlDispatcher(_codec, this, NullLogger<ControlDispatcher>.Instance);
        _dispatcher.Handle(MessageTypes.PresenceAck, this);
        _dispatcher.Handle(MessageTypes.PresenceUpdate, this);
    }

    [Fact]
    public void OnFrame_RegisteredType_GoesToItsReceiver()
    {
        _dispatcher.OnFrame(Frame(new PresenceAck(1, 2, 3, WantsSnapshot: false), generation: 77));
        Assert.Equal([(77ul, MessageTypes.PresenceAck)], _mine);
        Assert.Empty(_others);
    }

    [Fact]
    public void OnFrame_AllElse_GoesOnAsItCame()
    {
        byte[][] frames =
        [
            Frame(new Greeting(1, 2, 3), 77),
            Frame(new Farewell(1), 77),
            Frame(new PresenceAck(1, 2, 3, WantsSnapshot: false), generation: 0),
            Frame(new PresenceAck(1, 2, 3, WantsSnapshot: false), 77, MessageKind.Event),
            [1, 2, 3],
            [],
        ];
        foreach (byte[] frame in frames)
        {
            _dispatcher.OnFrame(frame);
        }

        Assert.Equal(frames, _others);
        Assert.Empty(_mine);
    }

    [Fact]
    public void OnFrame_ReceiverCannotReadIt_IsDropped()
    {
        byte[] frame = Frame(new PresenceUpdate(1, 2, 3, PresenceFlags.None, 4, []), 77);
        _dispatcher.OnFrame(frame.AsSpan(0, frame.Length - 1));
        _dispatcher.OnFrame(frame);
        Assert.Single(_mine);
    }

    [Fact]
    public void OnReset_Mailbox_IsToldToEachOnce()
    {
        _dispatcher.OnReset();
        Assert.Equal(2, _resets);
    }

    void IFrameReceiver.OnFrame(ReadOnlySpan<byte> frame) => _others.Add(frame.ToArray());

    void IFrameReceiver.OnReset() => _resets++;

    void IControlReceiver.OnFrame(in Envelope envelope, ReadOnlySpan<byte> body)
    {
        int typeNumber = MessageTypes.Peek(body);
        var reader = new MessagePackReader(body);
        if (typeNumber == MessageTypes.PresenceUpdate)
        {
            _ = PresenceUpdate.Read(ref reader);
        }

        _mine.Add((envelope.Generation, typeNumber));
    }

    void IControlReceiver.OnReset() => _resets++;

    public void Dispose() => _dispatcher.Dispose();

    private byte[] Frame<T>(T message, ulong generation, MessageKind kind = MessageKind.Control)
        where T : IWireMessage<T>
    {
        using var buffer = new PooledBuffer();
        _codec.Write(new Envelope { Kind = kind, Generation = generation }, message, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
