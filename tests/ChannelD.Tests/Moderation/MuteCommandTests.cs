using System.Security.Cryptography;
using System.Text;
using ChannelD.Directory;
using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Moderation;

public sealed class MuteCommandTests : IDisposable
{
    private static readonly string s_hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("k")));

    private readonly ControlledStore _store = new();
    private readonly TestChannel _channel;
    private readonly SessionId _master;

    public MuteCommandTests()
    {
        _channel = new TestChannel(
            options => options.GameMasters = [$"운영자:2:{s_hash}", $"부운영자:1:{s_hash}", $"동료:2:{s_hash}"],
            services => services.AddSingleton<IStateStore>(_store));
        _master = LogInMaster(1, "운영자");
    }

    [Fact]
    public void Mute_OnlinePlayer_IsMutedAndTold()
    {
        SessionId player = _channel.LogIn(2, "전사");
        Assert.Equal("전사님의 채팅을 10분 동안 금지했습니다. 사유: 도배를 해서", _channel.RunText(_master, "/채팅금지 전사 10 도배를 해서"));
        Assert.True(_channel.Service<IMutes>().TryGet("전사", out Mute mute));
        Assert.Equal(new Mute(_channel.Time.GetUtcNow().AddMinutes(10), "도배를 해서", "운영자", _channel.Time.GetUtcNow()), mute);
        var told = Assert.Single(_channel.Events.Pushed);
        Assert.Equal((Rooms.System, "mute", "you_are_muted", ""), (told.Message.Room, told.Message.Command, told.Message.Code, told.Message.Sender));
        Assert.Equal(["10", "도배를 해서"], told.Message.Arguments);
        Assert.Equal([player], told.Recipients);
        _channel.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(_channel.Service<IMutes>().TryGet("전사", out _));
    }

    [Fact]
    public void Mute_OfflineName_HoldsWhenItLogsIn()
    {
        _channel.AssertAnswer(_master, "/mute Warrior 5 x", ResultStatus.Ok, "mute", "muted", "Warrior", "5", "x");
        Assert.Empty(_channel.Events.Pushed);
        _channel.LogIn(2, "warrior");
        Assert.True(_channel.Service<IMutes>().TryGet("warrior", out _));
    }

    [Theory]
    [InlineData("운영자")]
    [InlineData("동료")]
    public void Mute_EqualOrHigherTier_IsRefusedWhetherThereOrNot(string name)
    {
        _channel.AssertAnswer(_master, $"/채팅금지 {name} 5 x", ResultStatus.Error, "mute", "not_allowed", name);
        _channel.AssertAnswer(_master, $"/채팅금지해제 {name}", ResultStatus.Error, "unmute", "not_allowed", name);
        Assert.Null(_channel.Service<OnlineRecords>().Find("운영자")!.Mute);
    }

    [Fact]
    public void Mute_LowerGameMaster_IsMuted()
    {
        LogInMaster(2, "부운영자");
        _channel.AssertAnswer(_master, "/채팅금지 부운영자 5 x", ResultStatus.Ok, "mute", "muted", "부운영자", "5", "x");
        _channel.AssertAnswer(TestChannel.Session(2), "/채팅금지해제 부운영자", ResultStatus.Error, "unmute", "not_allowed", "부운영자");
        Assert.True(_channel.Service<IMutes>().TryGet("부운영자", out _));
    }

    [Theory]
    [InlineData("/채팅금지", "usage")]
    [InlineData("/채팅금지 전사", "usage")]
    [InlineData("/채팅금지 전사 5", "usage")]
    [InlineData("/채팅금지 전사 다섯 x", "usage")]
    [InlineData("/채팅금지 전사 -5 x", "usage")]
    [InlineData("/채팅금지 /전사 5 x", "usage")]
    [InlineData("/채팅금지 전사 0 x", "bad_minutes", "525600")]
    [InlineData("/채팅금지 전사 525601 x", "bad_minutes", "525600")]
    [InlineData("/채팅금지 전사 99999999999999999999 x", "bad_minutes", "525600")]
    [InlineData("/채팅금지 열두글자보다도훨씬더긴이름 5 x", "too_large", "12")]
    public void Mute_BadArgument_IsRefused(string line, string code, params string[] arguments) =>
        _channel.AssertAnswer(_master, line, ResultStatus.Error, "mute", code, arguments);

    [Fact]
    public void Mute_LongestReason_IsTakenAndALongerOneNot()
    {
        string reason = new('가', StateLimits.MaxReasonChars);
        _channel.AssertAnswer(_master, "/채팅금지 전사 525600 " + reason, ResultStatus.Ok, "mute", "muted", "전사", "525600", reason);
        _channel.AssertAnswer(_master, "/채팅금지 전사 5 " + reason + "가", ResultStatus.Error, "mute", "too_large", "100");
    }

    [Fact]
    public void Unmute_Muted_MaySpeakAndIsTold()
    {
        SessionId player = _channel.LogIn(2, "전사");
        _channel.Run(_master, "/채팅금지 전사 5 x");
        _channel.AssertAnswer(_master, "/채팅금지해제 전사", ResultStatus.Ok, "unmute", "unmuted", "전사");
        Assert.False(_channel.Service<IMutes>().TryGet("전사", out _));
        Assert.Equal(("you_may_speak", player), (_channel.Events.Pushed[1].Message.Code, _channel.Events.Pushed[1].Recipients!.Single()));
        _channel.AssertAnswer(_master, "/채팅금지해제 전사", ResultStatus.Ok, "unmute", "not_muted", "전사");
        Assert.Equal(2, _channel.Events.Pushed.Count);
    }

    [Fact]
    public void Unmute_MuteIsOver_SaysThatThereIsNone()
    {
        _channel.Run(_master, "/채팅금지 전사 5 x");
        _channel.Time.Advance(TimeSpan.FromMinutes(5));
        _channel.AssertAnswer(_master, "/채팅금지해제 전사", ResultStatus.Ok, "unmute", "not_muted", "전사");
    }

    [Theory]
    [InlineData(false, "state_unavailable")]
    [InlineData(true, "state_uncertain")]
    public void Mute_StoreAway_SaysWhetherItMayBeKept(bool mayHaveHappened, string code)
    {
        (_store.Fails, _store.MayHaveHappened) = (true, mayHaveHappened);
        _channel.AssertAnswer(_master, "/채팅금지 전사 5 x", ResultStatus.Error, "mute", code);
        Assert.NotEmpty(_channel.RunText(_master, "/채팅금지 전사 5 x"));
    }

    public void Dispose()
    {
        _channel.Dispose();
        _store.Dispose();
    }

    private SessionId LogInMaster(int userId, string name)
    {
        Assert.Equal(ResultStatus.Ok, _channel.LogIn(TestChannel.Session(userId), new LogInRequest(name, 1, "m", "k")).Status);
        return TestChannel.Session(userId);
    }
}
