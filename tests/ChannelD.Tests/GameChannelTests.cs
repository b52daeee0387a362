using System.ComponentModel.DataAnnotations;
using ChannelD.Directory;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;

namespace ChannelD.Tests;

public class GameChannelTests : IDisposable
{
    private readonly TestChannel _channel = new(options => options.MaxCharacters = 3);

    [Fact]
    public void LogIn_Good_ReturnsTheComposedNameAndPlace()
    {
        ResultBody<LogInResult> result = LogIn(1, "\u1112\u1161\u11AB", 2, "헤네시스");
        Assert.Equal(new ResultBody<LogInResult>(ResultStatus.Ok, null, new LogInResult("한", 2, "헤네시스"), true), result);
    }

    [Theory]
    [InlineData("", 1, "m", "bad_name")]
    [InlineData("\u3164", 1, "m", "bad_name")]
    [InlineData("전사", 0, "m", "bad_channel")]
    [InlineData("전사", 21, "m", "bad_channel")]
    [InlineData("전사", -1, "m", "bad_channel")]
    [InlineData("전사", 1, "", "bad_map")]
    [InlineData("전사", 1, "a\u0000", "bad_map")]
    public void LogIn_Bad_IsRefusedWithACode(string name, int channel, string map, string code)
    {
        AssertRefused(ResultStatus.Error, code, LogIn(1, name, channel, map));
        Assert.Equal(0, _channel.Directory.Count);
    }

    [Fact]
    public void LogIn_NameInUse_IsRefused()
    {
        LogIn(1, "Warrior");
        AssertRefused(ResultStatus.Error, "name_taken", LogIn(2, "warrior"));
    }

    [Fact]
    public void LogIn_SameSessionAgain_IsOkWithItsPresentPlace()
    {
        LogIn(1, "전사");
        _channel.Run(TestChannel.Session(1), "/이동 페리온");
        Assert.Equal(new LogInResult("전사", 1, "페리온"), LogIn(1, "전사").Message);
        AssertRefused(ResultStatus.Error, "already_in", LogIn(1, "법사"));
    }

    [Fact]
    public void LogIn_FullGame_IsBusy()
    {
        LogIn(1, "a");
        LogIn(2, "b");
        LogIn(3, "c");
        AssertRefused(ResultStatus.Busy, "channel_full", LogIn(4, "d"));
        Assert.True(_channel.Game.LogOut(TestChannel.Session(1)).Message.WasThere);
        Assert.Equal(ResultStatus.Ok, LogIn(4, "d").Status);
    }

    [Fact]
    public void LogOut_UnknownSession_IsOkAndSaysSo() =>
        Assert.Equal(new ResultBody<LogOutResult>(ResultStatus.Ok, null, new LogOutResult(false), true), _channel.Game.LogOut(TestChannel.Session(5)));

    [Fact]
    public void EndEarlierSessionsOf_RestartedChatD_FreesItsNames()
    {
        LogIn(1, "전사");
        const ulong Next = TestChannel.Generation + 1;
        Assert.Equal(1, _channel.Game.EndEarlierSessionsOf(0, Next));
        Assert.Equal(ResultStatus.Ok, _channel.LogIn(new SessionId(0, Next, 1), new LogInRequest("전사", 1, "m")).Status);
        Assert.Equal(0, _channel.Game.EndEarlierSessionsOf(0, Next));
    }

    [Theory]
    [InlineData(nameof(ChannelOptions.Id), 1, 256, 1)]
    [InlineData(nameof(ChannelOptions.MaxChannel), 1, 256, 20)]
    [InlineData(nameof(ChannelOptions.MaxLineChars), 16, 4096, 256)]
    [InlineData(nameof(ChannelOptions.MapLoadMs), 0, 60_000, 0)]
    [InlineData(nameof(ChannelOptions.MaxCharacters), 1, 10_000_000, 1_000_000)]
    public void Options_EachHasItsDefaultAndRange(string option, int lowest, int highest, int standard)
    {
        var property = typeof(ChannelOptions).GetProperty(option)!;
        Assert.Equal(standard, property.GetValue(new ChannelOptions()));
        foreach ((int value, bool isValid) in new[] { (lowest - 1, false), (lowest, true), (highest, true), (highest + 1, false) })
        {
            var options = new ChannelOptions();
            property.SetValue(options, value);
            Assert.Equal(isValid, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
        }

        // Those without a number: State, StateFile, StateConnection, GameMasters.
        Assert.Equal(5 + 4, typeof(ChannelOptions).GetProperties().Length);
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }

    private ResultBody<LogInResult> LogIn(int userId, string name, int channel = 1, string map = "헤네시스") =>
        _channel.LogIn(TestChannel.Session(userId), new LogInRequest(name, channel, map));

    private static void AssertRefused(ResultStatus status, string code, ResultBody<LogInResult> result)
    {
        Assert.Equal((status, code), (result.Status, result.Code));
        Assert.False(result.HasMessage);
    }
}
