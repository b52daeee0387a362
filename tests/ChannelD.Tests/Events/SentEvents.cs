using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace ChannelD.Tests.Events;

/// <summary>Reads what went to a chatD.</summary>
internal static class SentEvents
{
    /// <summary>All events of a mailbox, in the order in which they were sent.</summary>
    public static List<GameEvent> Read(IEnumerable<(Mailbox To, byte[] Frame)> sent, int chatInstance = 0) =>
        [.. sent.Where(one => one.To == new Mailbox(MailboxKind.Event, chatInstance)).Select(one => Read(one.Frame))];

    /// <summary>The event of a frame.</summary>
    public static GameEvent Read(ReadOnlySpan<byte> frame)
    {
        Assert.Equal(FrameFault.None, EnvelopeFormat.TryRead(frame, out Envelope envelope, out ReadOnlySpan<byte> body));
        Assert.Equal(MessageKind.Event, envelope.Kind);
        Assert.Equal(MessageTypes.GameEvent, MessageTypes.Peek(body));
        var reader = new MessagePackReader(body);
        return GameEvent.Read(ref reader);
    }
}
