using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <summary>This part: what happens when a mailbox is full, and what can be seen of its depth.</summary>
public abstract partial class HeldFramesContractTests
{
    [Fact]
    public async Task TrySend_FullMailbox_IsAValueAndNothingWasSent()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        int sent = Fill(chat, Requests, Numbered(1, 500));

        Assert.Equal(chat.Limits.RequestCapacityBytes / Harness.CostBytes(500), sent);
        for (int attempt = 0; attempt < 100; attempt++)
        {
            Assert.Equal(SendStatus.Full, chat.TrySend(Requests, Numbered(2, 500)));
        }

        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await Eventually.TrueAsync(() => chat.GetDepth(Requests).Frames == 0, "the mailbox was emptied");
        await SendAsync(chat, Requests, Numbered(3, 500));
        await Eventually.TrueAsync(() => receiver.Count == sent + 1, "all frames arrived");
        Assert.Equal([.. Enumerable.Repeat(1, sent), 3], receiver.Frames.Select(NumberOf));
    }

    [Fact]
    public async Task TrySend_CapacityIsCountedInBytes_SmallFrameStillFits()
    {
        await using ITransport chat = Harness.Open(ChatD);
        int large = chat.Limits.MaxFrameBytes - 24;
        int sent = Fill(chat, Requests, new byte[large]);
        int leftBytes = (int)(chat.Limits.RequestCapacityBytes - ((long)sent * Harness.CostBytes(large)));

        Assert.InRange(leftBytes, 1, Harness.CostBytes(large) - 1);
        int longest = Harness.LongestFrameIn(leftBytes);
        Assert.Equal(SendStatus.Full, chat.TrySend(Requests, new byte[longest + 1]));
        Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, new byte[longest]));
    }

    [Fact]
    public async Task TrySend_EmptyFrames_AreBoundedByTheirNumber()
    {
        await using ITransport chat = Harness.Open(ChatD);

        Assert.Equal(chat.Limits.RequestCapacityBytes / Harness.CostBytes(0), Fill(chat, Requests, []));
    }

    [Fact]
    public async Task TrySend_OneDirectionFull_OtherHasRoomUnlessTheyShare()
    {
        await using ITransport chat = Harness.Open(ChatD);
        Fill(chat, Requests, new byte[1]);

        Assert.Equal(chat.Limits.IsShared ? SendStatus.Full : SendStatus.Sent, chat.TrySend(Results, new byte[1]));
    }

    [Fact]
    public async Task GetDepth_FramesWaiting_CountsFramesAndBytesAndReturnsToZero()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        Assert.Equal(default, chat.GetDepth(Requests));
        await SendAsync(chat, Requests, new byte[100]);
        await SendAsync(chat, Requests, new byte[23]);
        Assert.Equal(new MailboxDepth(2, Harness.DepthBytes(100, 23)), chat.GetDepth(Requests));
        Assert.Equal(new MailboxDepth(2, Harness.DepthBytes(100, 23)), channel.GetDepth(Requests));

        channel.StartReading(Requests, new RecordingReceiver());
        await Eventually.TrueAsync(() => chat.GetDepth(Requests) == default, "the depth returned to 0");
    }
}
