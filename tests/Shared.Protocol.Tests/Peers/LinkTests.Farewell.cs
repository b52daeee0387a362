using Shared.Protocol.Transport;

namespace Shared.Protocol.Tests.Peers;

/// <content>How either side takes its leave.</content>
public sealed partial class LinkTests
{
    [Fact]
    public void SayFarewell_OfTheChannel_IsCleanAndItsLateAnswersDoNotRaiseIt()
    {
        _link.Start();
        _time.Advance(TimeSpan.Zero);
        DeliverToChannel();
        (Mailbox To, byte[] Frame)[] answers = [.. _fromChannel.Sent];
        DeliverToChat();
        _peers.SayFarewell();
        DeliverToChat();
        Assert.False(_link.IsUp);
        Assert.Equal("down True", _seen[^1]);
        _fromChannel.Sent.AddRange(answers);
        DeliverToChat();
        Assert.False(_link.IsUp);
    }

    [Fact]
    public void SayFarewell_OfTheChannel_IsOverWhenTheChatHasAnswered()
    {
        _fromChannel.Incarnation = 1;
        Connect();
        Assert.True(_peers.IsLeaveTaken());
        ulong channel = _link.ChannelGeneration;
        _peers.SayFarewell();
        DeliverToChat();
        Assert.False(_peers.IsLeaveTaken());

        // Requests that it sent before it knew are still run, and nobody is admitted any more.
        Assert.True(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
        Greet(ChatGeneration + 1);
        Assert.False(_peers.IsAdmitted(s_events.Instance, ChatGeneration + 1));
        Assert.Empty(_fromChannel.Sent);

        // An answer to another channelD's farewell is none to this one's.
        Assert.True(_link.TryAnswerFarewell(channel + 1));
        DeliverToChannel();
        Assert.False(_peers.IsLeaveTaken());

        Assert.True(_link.TryAnswerFarewell(channel));
        DeliverToChannel();
        Assert.True(_peers.IsLeaveTaken());
    }

    [Fact]
    public void SayFarewell_ChatThatLivesTakesItsTime_DoesNotLapseMeanwhile()
    {
        _fromChannel.Incarnation = 1;
        Connect();
        _peers.SayFarewell();
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Greet(ChatGeneration);
        }

        Assert.True(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
        Assert.Empty(_fromChannel.Discarded);
    }

    [Fact]
    public void SayFarewell_NoRoomForIt_IsSaidAgain()
    {
        _fromChannel.Incarnation = 1;
        Connect();
        _fromChannel.NextStatus = SendStatus.Full;
        _peers.SayFarewell();
        _fromChannel.Sent.Clear();
        Assert.False(_peers.IsLeaveTaken());
        _fromChannel.NextStatus = SendStatus.Sent;
        _fromChannel.Sent.Clear();
        Assert.False(_peers.IsLeaveTaken());
        DeliverToChat();
        Assert.False(_link.IsUp);

        // And no third time.
        Assert.False(_peers.IsLeaveTaken());
        Assert.Empty(_fromChannel.Sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SayFarewell_TheChatIsGoneOrSaysFarewellItself_IsNotWaitedFor(bool isGone)
    {
        _fromChannel.Incarnation = 1;
        Connect();
        _peers.SayFarewell();
        Assert.False(_peers.IsLeaveTaken());
        if (isGone)
        {
            _fromChannel.Incarnation = 0;
        }
        else
        {
            _link.SayFarewell();
            DeliverToChannel();
        }

        Assert.True(_peers.IsLeaveTaken());
    }

    [Fact]
    public void SayFarewell_OfTheChat_EndsItsSessionsAndItsLateGreetingsDoNotAdmitIt()
    {
        Connect();
        _seen.Clear();
        _link.SayFarewell();
        DeliverToChannel();
        Assert.Equal(["ended 2 except 0"], _seen);
        Greet(ChatGeneration);
        Assert.False(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
    }

    [Fact]
    public void SayFarewell_OfTheChat_HasWhatWaitsForItDroppedUntilTheNextOneIsThere()
    {
        Connect();
        _fromChannel.Depth = new MailboxDepth(3, 300);
        _link.SayFarewell();
        DeliverToChannel();
        Assert.Single(_fromChannel.Discarded);

        _fromChannel.Discarded.Clear();
        Greet(ChatGeneration + 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_fromChannel.Discarded);
    }
}
