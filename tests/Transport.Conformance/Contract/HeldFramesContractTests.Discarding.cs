using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <summary>This part: what lies in the mailboxes of a daemon that is gone.</summary>
public abstract partial class HeldFramesContractTests
{
    private static readonly Mailbox s_events = new(MailboxKind.Event, 0);
    private static readonly Mailbox s_otherResults = new(MailboxKind.Result, 1);

    [Fact]
    public async Task Discard_DaemonThatIsGone_TakesItsFramesAndNoOthers()
    {
        await using ITransport channel = Harness.Open(ChannelD);
        long incarnation;
        await using (ITransport chat = Harness.Open(ChatD))
        {
            incarnation = channel.GetIncarnation(ChatD);
            Assert.NotEqual(0, incarnation);
        }

        Assert.Equal(0, channel.GetIncarnation(ChatD));
        await SendAsync(channel, Results, Numbered(1, 500));
        await SendAsync(channel, s_otherResults, Numbered(2, 500));
        await SendAsync(channel, s_events, Numbered(3, 500));
        await SendAsync(channel, Results, []);

        Assert.Equal(3, channel.Discard(ChatD, incarnation));

        Assert.Equal(new MailboxDepth(1, Harness.DepthBytes(500)), channel.GetDepth(s_otherResults));
        Assert.Equal(0, channel.Discard(ChatD, incarnation));
    }

    [Fact]
    public async Task IsPresent_OfADaemon_IsSoAsLongAsItIsThere()
    {
        await using ITransport channel = Harness.Open(ChannelD);
        Assert.True(channel.IsPresent(ChannelD));
        Assert.False(channel.IsPresent(ChatD));
        await using (ITransport chat = Harness.Open(ChatD))
        {
            Assert.True(channel.IsPresent(ChatD));
            Assert.True(chat.IsPresent(ChannelD));
        }

        Assert.False(channel.IsPresent(ChatD));
    }

    [Fact]
    public async Task Discard_MailboxFilledToTheLast_IsEmptied()
    {
        await using ITransport channel = Harness.Open(ChannelD);
        int sent = Fill(channel, Results, []);

        Assert.Equal(sent, channel.Discard(ChatD, incarnation: 0));
        Assert.Equal(default, channel.GetDepth(Results));
    }

    [Fact]
    public async Task Discard_SameIncarnationStillThere_TakesItsFrames()
    {
        await using ITransport channel = Harness.Open(ChannelD);
        await using ITransport chat = Harness.Open(ChatD);
        await SendAsync(channel, Results, Numbered(1));

        Assert.Equal(1, channel.Discard(ChatD, channel.GetIncarnation(ChatD)));
    }

    [Fact]
    public async Task Discard_AnotherIncarnationIsThere_TakesNothing()
    {
        await using ITransport channel = Harness.Open(ChannelD);
        await using ITransport successor = Harness.Open(ChatD);
        await SendAsync(channel, Results, Numbered(1));

        Assert.Equal(0, channel.Discard(ChatD, channel.GetIncarnation(ChatD) + 1));
        Assert.Equal(0, channel.Discard(ChatD, incarnation: 0));

        var receiver = new RecordingReceiver();
        successor.StartReading(Results, receiver);
        await Eventually.TrueAsync(() => receiver.Count == 1, "the frame arrived");
    }
}
