using System.Security.Cryptography;
using System.Text;
using ChannelD.Directory;
using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;

namespace ChannelD.Tests;

/// <summary>Logging in with a store that may be slow or away.</summary>
public sealed class LogInTests : IDisposable
{
    private const string Key = "s3cret";

    private readonly ControlledStore _store = new();
    private readonly TestChannel _channel;

    public LogInTests() => _channel = new TestChannel(
        options => options.GameMasters = [$"운영자:2:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}"],
        services => services.AddSingleton<IStateStore>(_store));

    [Fact]
    public async Task LogIn_WithBlocks_TellsThemAlsoWhenItIsRepeated()
    {
        await _store.AddNameAsync(NameList.Blocks, "전사", new KeptName("법사", "법사"), CancellationToken.None);
        LogInResult first = (await LogInAsync(1, "전사")).Message;
        Assert.Equal(["법사"], first.BlockedKeys);
        int loads = _store.Loads;
        Assert.Equal(["법사"], (await LogInAsync(1, "전사")).Message.BlockedKeys);
        Assert.Equal(loads, _store.Loads);
        Assert.Null((await LogInAsync(2, "법사")).Message.BlockedKeys);
    }

    [Fact]
    public async Task LogIn_Muted_IsMutedFromTheStart()
    {
        await _store.SetMuteAsync("전사", new Mute(_channel.Time.GetUtcNow().AddMinutes(1), "도배"), CancellationToken.None);
        await LogInAsync(1, "전사");
        Assert.True(_channel.Service<IMutes>().TryGet("전사", out Mute mute));
        Assert.Equal("도배", mute.Reason);
        _channel.Game.LogOut(TestChannel.Session(1));
        Assert.False(_channel.Service<IMutes>().TryGet("전사", out _));
    }

    [Fact]
    public async Task LogIn_StoreAway_IsBusyAndLeavesNothing()
    {
        _store.Fails = true;
        AssertRefused(ResultStatus.Busy, "state_unavailable", await LogInAsync(1, "전사"));
        Assert.Equal(0, _channel.Directory.Count);
        Assert.Equal(0, _channel.Service<OnlineRecords>().Count);
        _store.Fails = false;
        Assert.Equal(ResultStatus.Ok, (await LogInAsync(1, "전사")).Status);
    }

    [Theory]
    [InlineData(Key, ResultStatus.Ok)]
    [InlineData("wrong", ResultStatus.Error)]
    [InlineData(null, ResultStatus.Error)]
    public async Task LogIn_GameMaster_NeedsTheKeyAndGetsTheTier(string? key, ResultStatus status)
    {
        ResultBody<LogInResult> result = await LogInAsync(1, "운영자", key);
        Assert.Equal(status, result.Status);
        bool isIn = _channel.Directory.TryFind("운영자", out Character character);
        Assert.Equal(status == ResultStatus.Ok, isIn);
        Assert.Equal(isIn ? 2 : 0, character.Tier);
        if (!isIn)
        {
            AssertRefused(ResultStatus.Error, "name_taken", result);
            Assert.Equal(0, _store.Loads);
        }
    }

    [Fact]
    public async Task LogIn_GameMasterAnnouncedAgainWithoutKey_IsRefused()
    {
        await LogInAsync(1, "운영자", Key);
        AssertRefused(ResultStatus.Error, "name_taken", await LogInAsync(1, "운영자"));
        Assert.Equal(ResultStatus.Ok, (await LogInAsync(1, "운영자", Key)).Status);
    }

    [Fact]
    public void Request_AsText_HasNoKey() =>
        Assert.DoesNotContain(Key, new LogInRequest("운영자", 1, "m", Key).ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task LogIn_SameNameTwiceAtOnce_OneEntersAndOneRecordStays()
    {
        _store.HoldsLoads = true;
        Task<ResultBody<LogInResult>> first = LogInAsync(1, "전사");
        Task<ResultBody<LogInResult>> second = LogInAsync(2, "전사");
        Assert.Equal(2, _store.HeldLoads);
        Assert.Equal(0, _channel.Directory.Count);
        _store.Release();
        Assert.Equal(ResultStatus.Ok, (await first).Status);
        _store.Release();
        AssertRefused(ResultStatus.Error, "name_taken", await second);
        Assert.Equal(1, _channel.Service<OnlineRecords>().Count);
        _channel.Game.LogOut(TestChannel.Session(1));
        Assert.Equal(0, _channel.Service<OnlineRecords>().Count);
    }

    [Fact]
    public async Task LogIn_SameSessionTwiceAtOnce_BothAreTold()
    {
        _store.HoldsLoads = true;
        Task<ResultBody<LogInResult>> first = LogInAsync(1, "전사");
        Task<ResultBody<LogInResult>> second = LogInAsync(1, "전사");
        _store.Release();
        _store.Release();
        Assert.Equal((ResultStatus.Ok, ResultStatus.Ok), ((await first).Status, (await second).Status));
        Assert.Equal(1, _channel.Directory.Count);
        _channel.Game.LogOut(TestChannel.Session(1));
        Assert.Equal(0, _channel.Service<OnlineRecords>().Count);
    }

    [Fact]
    public async Task LogOut_WhileTheRecordIsLoaded_TheCharacterNeverEnters()
    {
        _store.HoldsLoads = true;
        Task<ResultBody<LogInResult>> loading = LogInAsync(1, "전사");
        Assert.True(_channel.Game.LogOut(TestChannel.Session(1)).Message.WasThere);

        // A later log-in of the session is another matter.
        _store.HoldsLoads = false;
        Assert.Equal(ResultStatus.Ok, (await LogInAsync(1, "전사")).Status);
        _channel.Game.LogOut(TestChannel.Session(1));
        _store.Release();
        AssertRefused(ResultStatus.Busy, "state_unavailable", await loading);
        Assert.Equal(0, _channel.Directory.Count);
        Assert.Equal(0, _channel.Service<OnlineRecords>().Count);
    }

    [Fact]
    public async Task EndEarlierSessionsOf_WhileARecordIsLoaded_ItsCharacterNeverEnters()
    {
        _store.HoldsLoads = true;
        Task<ResultBody<LogInResult>> loading = LogInAsync(1, "전사");
        Task<ResultBody<LogInResult>> ofAnother = _channel.Game.LogInAsync(new SessionId(1, 7, 1), new LogInRequest("법사", 1, "m")).AsTask();
        _channel.Game.EndEarlierSessionsOf(0, TestChannel.Generation + 1);
        _store.Release();
        _store.Release();
        Assert.Equal(ResultStatus.Busy, (await loading).Status);
        Assert.Equal(ResultStatus.Ok, (await ofAnother).Status);
        Assert.Equal(1, _channel.Directory.Count);
    }

    [Fact]
    public async Task EndEarlierSessionsOf_SessionsInTheGame_DropsTheirRecords()
    {
        await LogInAsync(1, "전사");
        _channel.Game.EndEarlierSessionsOf(0, TestChannel.Generation + 1);
        Assert.Equal(0, _channel.Service<OnlineRecords>().Count);
    }

    public void Dispose()
    {
        _channel.Dispose();
        _store.Dispose();
    }

    private static void AssertRefused(ResultStatus status, string code, ResultBody<LogInResult> result)
    {
        Assert.Equal((status, code), (result.Status, result.Code));
        Assert.False(result.HasMessage);
    }

    private Task<ResultBody<LogInResult>> LogInAsync(int userId, string name, string? key = null) =>
        _channel.Game.LogInAsync(TestChannel.Session(userId), new LogInRequest(name, 1, "헤네시스", key)).AsTask();
}
