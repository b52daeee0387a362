using ChannelD.Directory;
using ChannelD.Limits;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Limits;

/// <summary>Limits that change under players who are in: nobody is given a use, and nobody is locked out.</summary>
public class ChangedLimitsTests
{
    [Fact]
    public void Use_FewerAtOnce_WhatWasUsedUpStaysUsedUp()
    {
        using var channel = Channel(perMinute: 60, burst: 20);
        SessionId player = channel.LogIn(1, "전사");
        Say(channel, player, times: 8);

        Change(channel, perMinute: 60, burst: 10);

        // Two are left of ten, not ten.
        Assert.Equal(2, SayUntilRefused(channel, player, out string wait));
        Assert.Equal("1", wait);
    }

    [Fact]
    public void Use_MoreAtOnce_OnlyTheDifferenceIsThere()
    {
        using var channel = Channel(perMinute: 60, burst: 5);
        SessionId player = channel.LogIn(1, "전사");
        Assert.Equal(5, SayUntilRefused(channel, player, out _));

        Change(channel, perMinute: 60, burst: 12);

        Assert.Equal(7, SayUntilRefused(channel, player, out _));
    }

    [Fact]
    public void Use_MuchLowerRate_TheNextUseComesAfterOneNewIntervalAtMost()
    {
        using var channel = Channel(perMinute: 600, burst: 100);
        SessionId player = channel.LogIn(1, "전사");
        Assert.Equal(100, SayUntilRefused(channel, player, out _));

        // A hundred uses are missing, and two a minute would take 50 minutes to bring them back.
        Change(channel, perMinute: 2, burst: 3);

        Assert.Equal(0, SayUntilRefused(channel, player, out string wait));
        Assert.Equal("30", wait);
        channel.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, SayUntilRefused(channel, player, out _));
    }

    [Fact]
    public void Use_HigherRate_TheWaitIsThatOfTheNewRate()
    {
        using var channel = Channel(perMinute: 1, burst: 1);
        SessionId player = channel.LogIn(1, "전사");
        Assert.Equal(1, SayUntilRefused(channel, player, out string before));
        Assert.Equal("60", before);

        Change(channel, perMinute: 12, burst: 1);

        Assert.Equal(0, SayUntilRefused(channel, player, out string after));
        Assert.Equal("5", after);
    }

    [Fact]
    public void Use_PartOfAnIntervalHasPassed_ItIsNotLost()
    {
        using var channel = Channel(perMinute: 6, burst: 1);
        SessionId player = channel.LogIn(1, "전사");
        Say(channel, player, times: 1);
        channel.Time.Advance(TimeSpan.FromSeconds(5));

        // Half a use is missing, at the one rate as at the other.
        Change(channel, perMinute: 3, burst: 1);

        Assert.Equal(0, SayUntilRefused(channel, player, out string wait));
        Assert.Equal("10", wait);
    }

    [Fact]
    public void Use_ManyTimesTheSame_ChangesNothing()
    {
        using var channel = Channel(perMinute: 60, burst: 5);
        SessionId player = channel.LogIn(1, "전사");
        Say(channel, player, times: 3);
        for (int i = 0; i < 1000; i++)
        {
            Change(channel, perMinute: 60, burst: 5);
        }

        Assert.Equal(2, SayUntilRefused(channel, player, out _));
    }

    [Fact]
    public void Use_OffAndOnAgain_EverybodyBeginsFull()
    {
        using var channel = Channel(perMinute: 1, burst: 2);
        SessionId player = channel.LogIn(1, "전사");
        Assert.Equal(2, SayUntilRefused(channel, player, out _));
        channel.Service<CommandLimits>().Use(new LimitOptions { Enabled = false });
        Say(channel, player, times: 100);

        Change(channel, perMinute: 1, burst: 2);

        Assert.Equal(2, SayUntilRefused(channel, player, out _));
    }

    [Fact]
    public void Use_FewerUnknownNames_CountsThoseThatWereAskedForAndEndsWithinAMinute()
    {
        using var channel = new TestChannel(limits: options => (options.UnknownNamesPerMinute, options.FindPerMinute) = (10, 0));
        SessionId player = channel.LogIn(1, "전사");
        for (int i = 0; i < 6; i++)
        {
            channel.Time.Advance(TimeSpan.FromSeconds(1));
            channel.AssertAnswer(player, $"/찾기 없다{i}", ResultStatus.Ok, "find", "not_found", $"없다{i}");
        }

        channel.Service<CommandLimits>().Use(new LimitOptions { UnknownNamesPerMinute = 3, FindPerMinute = 0 });

        // Of six the last three count: the first of those was asked for two seconds ago.
        ResultBody<CommandResult> refused = channel.Run(player, "/찾기 법사");
        Assert.Equal(("rate_limited", "58"), (refused.Message.Code, Assert.Single(refused.Message.Arguments)));
        channel.Time.Advance(TimeSpan.FromSeconds(58));
        channel.AssertAnswer(player, "/찾기 법사", ResultStatus.Ok, "find", "not_found", "법사");

        channel.Service<CommandLimits>().Use(new LimitOptions { UnknownNamesPerMinute = 0, FindPerMinute = 0 });
        for (int i = 0; i < 50; i++)
        {
            channel.AssertAnswer(player, $"/찾기 없다{i}", ResultStatus.Ok, "find", "not_found", $"없다{i}");
        }
    }

    [Fact]
    public void Help_AfterAChange_TellsTheNewLimit()
    {
        using var channel = Channel(perMinute: 60, burst: 5);
        SessionId player = channel.LogIn(1, "전사");
        Assert.EndsWith("1분에 60번까지 쓸 수 있습니다.", channel.RunText(player, "/도움말 말"), StringComparison.Ordinal);

        Change(channel, perMinute: 7, burst: 5);
        Assert.EndsWith("1분에 7번까지 쓸 수 있습니다.", channel.RunText(player, "/도움말 말"), StringComparison.Ordinal);

        channel.Service<CommandLimits>().Use(new LimitOptions { Enabled = false });
        Assert.DoesNotContain("1분에", channel.RunText(player, "/도움말 말"), StringComparison.Ordinal);
    }

    private static TestChannel Channel(int perMinute, int burst) =>
        new(limits: options => (options.SayPerMinute, options.SayBurst) = (perMinute, burst));

    private static void Change(TestChannel channel, int perMinute, int burst) =>
        channel.Service<CommandLimits>().Use(new LimitOptions { SayPerMinute = perMinute, SayBurst = burst });

    private static void Say(TestChannel channel, SessionId player, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Null(channel.Run(player, "안녕").Code);
        }
    }

    private static int SayUntilRefused(TestChannel channel, SessionId player, out string wait)
    {
        for (int said = 0; ; said++)
        {
            ResultBody<CommandResult> result = channel.Run(player, "안녕");
            if (result.Code == "rate_limited")
            {
                wait = Assert.Single(result.Message.Arguments);
                return said;
            }
        }
    }
}
