using ChannelD.Directory;
using ChannelD.Limits;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Limits;

/// <summary>Token buckets, on virtual time.</summary>
public class RateTests
{
    [Theory]
    [InlineData("/찾기 법사", "Find")]
    [InlineData("안녕", "Say")]
    [InlineData("/말 안녕", "Say")]
    [InlineData("/귓속말 법사 안녕", "Whisper")]
    [InlineData("/답장 안녕", "Whisper")]
    [InlineData("/확성기 안녕", "Megaphone")]
    [InlineData("/누구", "Common")]
    [InlineData("/없는명령", "Common")]
    public void Run_MoreThanTheBurst_IsRefusedUntilOneComesBack(string line, string of)
    {
        using var channel = new TestChannel(limits: options => Set(options, of, perMinute: 30, burst: 3));
        SessionId player = channel.LogIn(1, "전사");
        channel.LogIn(2, "법사");
        for (int i = 0; i < 3; i++)
        {
            Assert.NotEqual("rate_limited", channel.Run(player, line).Message.Code);
        }

        ResultBody<Shared.Protocol.Messages.Commands.CommandResult> refused = channel.Run(player, line);
        Assert.Equal((ResultStatus.Error, "rate_limited"), (refused.Status, refused.Code));
        Assert.Equal(["2"], refused.Message.Arguments);
        channel.Time.Advance(TimeSpan.FromMilliseconds(1001));
        Assert.Equal(["1"], channel.Run(player, line).Message.Arguments);
        channel.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotEqual("rate_limited", channel.Run(player, line).Message.Code);
        Assert.Equal("rate_limited", channel.Run(player, line).Message.Code);
    }

    [Fact]
    public void Run_Refused_TellsWhenInBothLanguages()
    {
        using var channel = new TestChannel(limits: options => Set(options, "Say", perMinute: 2, burst: 1));
        SessionId player = channel.LogIn(1, "전사");
        channel.Run(player, "안녕");
        Assert.Equal("너무 빨리 입력했습니다. 다시 시도: 30초 후", channel.RunText(player, "안녕"));
        Assert.Equal("Too many lines. Try again in 30 s.", channel.RunText(player, "hi", Language.English));
        channel.AssertAnswer(player, "안녕", ResultStatus.Error, "say", "rate_limited", "30");
    }

    [Fact]
    public void Run_ARefusal_UsesUpNothing()
    {
        using var channel = new TestChannel(limits: options => Set(options, "Say", perMinute: 60, burst: 1));
        SessionId player = channel.LogIn(1, "전사");
        channel.Run(player, "안녕");
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(["1"], channel.Run(player, "안녕").Message.Arguments);
        }

        channel.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(channel.Run(player, "안녕").Code);
    }

    [Fact]
    public void Run_LogOutAndIn_DoesNotFillTheBucket()
    {
        using var channel = new TestChannel(limits: options => Set(options, "Megaphone", perMinute: 1, burst: 1));
        SessionId player = channel.LogIn(1, "Straße");
        Assert.Null(channel.Run(player, "/확성기 안녕").Code);
        channel.Game.LogOut(player);
        SessionId again = channel.LogIn(2, "STRASSE");
        Assert.Equal("rate_limited", channel.Run(again, "/확성기 안녕").Code);
        channel.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(channel.Run(again, "/확성기 안녕").Code);
    }

    [Fact]
    public void Run_OtherClassesOtherPlayersAndGameMasters_AreNotConcerned()
    {
        using var channel = new TestChannel(limits: options => Set(options, "Say", perMinute: 1, burst: 1));
        SessionId player = channel.LogIn(1, "전사");
        channel.Run(player, "안녕");
        Assert.Equal("rate_limited", channel.Run(player, "안녕").Code);
        Assert.Equal(ResultStatus.Ok, channel.Run(player, "/누구").Status);
        Assert.Null(channel.Run(channel.LogIn(2, "법사"), "안녕").Code);
        SessionId master = channel.EnterAs(1, 3, "운영자");
        for (int i = 0; i < 100; i++)
        {
            Assert.Null(channel.Run(master, "안녕").Code);
        }
    }

    [Fact]
    public void Run_AskersWithoutCharacter_HaveNoLimit()
    {
        using var channel = new TestChannel(limits: options => Set(options, "Find", perMinute: 1, burst: 1));
        for (int i = 0; i < 100; i++)
        {
            channel.AssertAnswer(null, $"/찾기 없다{i}", ResultStatus.Ok, "find", "not_found", $"없다{i}");
        }
    }

    [Fact]
    public void Run_LimitsOffOrZero_RefuseNothing()
    {
        using var off = new TestChannel(limits: options => (options.Enabled, options.SayBurst) = (false, 1));
        using var zero = new TestChannel(limits: options => (options.SayPerMinute, options.SayBurst) = (0, 1));
        foreach (TestChannel channel in new[] { off, zero })
        {
            SessionId player = channel.LogIn(1, "전사");
            for (int i = 0; i < 1000; i++)
            {
                Assert.Null(channel.Run(player, "안녕").Code);
            }
        }

        Assert.Equal(0, off.Service<CommandLimits>().Count);
    }

    [Fact]
    public void Table_CharactersWhoseBucketsAreFull_AreForgottenAndOthersAreNot()
    {
        using var channel = new TestChannel(limits: options => Set(options, "Say", perMinute: 60, burst: 2));
        CommandLimits limits = channel.Service<CommandLimits>();
        for (int user = 0; user < 100; user++)
        {
            SessionId player = channel.LogIn(user, $"n{user}");
            channel.Run(player, "안녕");
            channel.Game.LogOut(player);
        }

        Assert.Equal(100, limits.Count);
        channel.Time.Advance(TimeSpan.FromSeconds(1));
        SessionId last = channel.LogIn(1000, "끝");
        for (int line = 0; line < 50; line++)
        {
            channel.Run(last, "안녕");
        }

        Assert.Equal(1, limits.Count);
        Assert.Equal("rate_limited", channel.Run(last, "안녕").Code);
    }

    [Fact]
    public void Table_MoreThanMayBeInTheGame_IsBounded()
    {
        using var channel = new TestChannel(options => options.MaxCharacters = 10, limits: options => Set(options, "Say", perMinute: 1, burst: 1));
        for (int user = 0; user < 1000; user++)
        {
            SessionId player = channel.LogIn(user, $"n{user}");
            channel.Run(player, "안녕");
            channel.Game.LogOut(player);
        }

        Assert.InRange(channel.Service<CommandLimits>().Count, 1, 10);
    }

    [Fact]
    public async Task Table_ManyThreads_GiveOutNoMoreThanTheBurst()
    {
        using var channel = new TestChannel(limits: options => Set(options, "Say", perMinute: 1, burst: 500));
        SessionId player = channel.LogIn(1, "전사");
        int passed = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                if (channel.Run(player, "안녕").Code is null)
                {
                    Interlocked.Increment(ref passed);
                }
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(500, passed);
    }

    private static void Set(LimitOptions options, string of, int perMinute, int burst)
    {
        typeof(LimitOptions).GetProperty(of + "PerMinute")!.SetValue(options, perMinute);
        typeof(LimitOptions).GetProperty(of + "Burst")!.SetValue(options, burst);
    }
}
