using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Wire;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Commands;

public class ChannelCommandTests : IDisposable
{
    private readonly TestChannel _channel = new();
    private readonly SessionId _asker;

    public ChannelCommandTests() => _asker = _channel.LogIn(1, "전사");

    [Fact]
    public void Channel_Alone_ChangesWithinThisChannelD()
    {
        _channel.AssertAnswer(_asker, "/채널 3", ResultStatus.Ok, "channel", "moved", "3");
        _channel.AssertAnswer(_asker, "/channel 3", ResultStatus.Error, "channel", "already_there", "3");
        Assert.Equal(0, Transfer("/채널 1"));
        Assert.Equal("1채널에 도착했습니다.", Run("/채널 2", then: "/채널 1"));
    }

    [Theory]
    [InlineData("/채널", "usage")]
    [InlineData("/채널 둘", "usage")]
    [InlineData("/채널 -1", "usage")]
    [InlineData("/채널 99999999999", "usage")]
    [InlineData("/채널 0", "bad_channel")]
    [InlineData("/채널 21", "bad_channel")]
    public void Channel_NoSuchNumber_IsRefused(string line, string code) =>
        _channel.AssertAnswer(_asker, line, ResultStatus.Error, "channel", code);

    [Fact]
    public void Channel_WithoutACharacter_IsRefused() =>
        _channel.AssertAnswer(null, "/채널 2", ResultStatus.Error, "channel", "no_session");

    [Fact]
    public async Task Channel_OfAnotherChannelD_IsATransfer()
    {
        ReplicaOwner two = Others(1);
        Assert.Equal(2, Transfer("/채널 2"));
        Assert.Equal(CharacterState.InTransfer, Find().State);

        // What was typed behind it goes where the character goes, and counts there.
        ResultBody<CommandResult> next = await _channel.Game.RunAsync(_asker, "/채널 3", CancellationToken.None);
        Assert.Equal((ResultStatus.Busy, "unknown_session"), (next.Status, next.Code));
        _channel.LogIn(1, "전사");
        two.IsLive = false;
        _channel.AssertAnswer(_asker, "/채널 2", ResultStatus.Error, "channel", "not_run", "2");
        Assert.Equal(CharacterState.InMap, Find().State);
    }

    [Fact]
    public void Channel_WithoutAChannelDWhileOthersLive_IsChatDsToDecide()
    {
        Others(1);
        Assert.Equal(5, Transfer("/채널 5"));

        // chatD finds that this channelD runs it: the session is announced for that channel, and there it is.
        _channel.LogIn(1, "전사", channel: 5);
        Assert.Equal((5, CharacterState.InMap), (Find().Channel, Find().State));

        // And now it is clear who runs the channels that nobody else does.
        Assert.Equal(0, Transfer("/채널 6"));
        Assert.Equal(0, Transfer("/채널 1"));
        Assert.Equal(2, Transfer("/채널 2"));
    }

    [Fact]
    public void Channel_InTheCashShop_IsRefused()
    {
        _channel.Run(_asker, "/캐시샵 들어가기");
        _channel.AssertAnswer(_asker, "/채널 2", ResultStatus.Error, "channel", "in_cash_shop");
        Others(1);
        _channel.AssertAnswer(_asker, "/채널 2", ResultStatus.Error, "channel", "in_cash_shop");
    }

    [Fact]
    public void Channel_WithLoadTime_IsInTransferUntilItHasPassed()
    {
        using var channel = new TestChannel(options => options.MapLoadMs = 100);
        SessionId asker = channel.LogIn(1, "전사");
        channel.AssertAnswer(asker, "/채널 2", ResultStatus.Ok, "channel", "moving", "2");
        channel.AssertAnswer(asker, "/채널 3", ResultStatus.Error, "channel", "in_transfer");
        channel.Time.Advance(TimeSpan.FromMilliseconds(100));
        channel.AssertAnswer(asker, "/채널 3", ResultStatus.Ok, "channel", "moving", "3");
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Transfer(string line)
    {
        CommandResult result = _channel.Run(_asker, line).Message;
        Assert.Equal("moved", result.Code);
        return result.TransferTo;
    }

    private string Run(string line, string then)
    {
        _channel.Run(_asker, line);
        return _channel.RunText(_asker, then);
    }

    private Character Find()
    {
        Assert.True(_channel.Directory.TryFind(Name("전사").Key, out Character character));
        return character;
    }

    private ReplicaOwner Others(int instance)
    {
        var owner = new ReplicaOwner(instance, generation: 5);
        _channel.Service<ReplicaDirectory>().SetOwner(owner);
        return owner;
    }
}
