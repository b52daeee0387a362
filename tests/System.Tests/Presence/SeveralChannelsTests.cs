using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Testing.Support.Users;
using Testing.Support.Waiting;

namespace System.Tests.Presence;

/// <summary>Several channelDs and chatDs: everybody is found from everywhere, with the right channel and map.</summary>
public sealed class SeveralChannelsTests
{
    [Fact]
    public async Task Find_AcrossChannelsAndChats_TellsTheRightChannelAndMap()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer here = await group.LogInAsync("여기", chat: 0, channel: 1, map: "헤네시스");
        await using TestPlayer there = await group.LogInAsync("저기", chat: 1, channel: 2, map: "페리온");
        await using TestPlayer beside = await group.LogInAsync("옆", chat: 1, channel: 1, map: "리스항구");

        Assert.Equal(["저기", "2"], (await here.AskUntilAsync("/찾기 저기", "other_channel")).Arguments);
        Assert.Equal(["옆", "리스항구"], (await here.AskUntilAsync("/찾기 옆", "same_map")).Arguments);
        Assert.Equal(["여기", "1"], (await there.AskUntilAsync("/찾기 여기", "other_channel")).Arguments);
        Assert.Equal(["여기", "헤네시스"], (await beside.AskUntilAsync("/찾기 여기", "same_map")).Arguments);
        await group.StopCleanlyAsync();
    }

    [Fact]
    public async Task Channel_PlayerMoves_IsThereThenAndNotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        await using TestPlayer mover = await group.LogInAsync("가는이", chat: 1, channel: 1, map: "페리온");
        Assert.Equal("페리온", (await seeker.AskUntilAsync("/찾기 가는이", "same_map")).Arguments[1]);

        for (int round = 0; round < 5; round++)
        {
            ServerResult moved = await mover.AskAsync("/채널 2");
            Assert.Equal(("channel", "ok"), (moved.Command, moved.Outcome.ToString().ToLowerInvariant()));
            Assert.Equal("2", (await seeker.AskUntilAsync("/찾기 가는이", "other_channel")).Arguments[1]);
            Assert.Equal("1", (await mover.AskUntilAsync("/찾기 찾는이", "other_channel")).Arguments[1]);
            Assert.Equal("ok", (await mover.AskAsync("/channel 1")).Outcome.ToString().ToLowerInvariant());
            Assert.Equal("페리온", (await seeker.AskUntilAsync("/찾기 가는이", "same_map")).Arguments[1]);
        }

        Assert.Empty(mover.Breaches);
        await group.StopCleanlyAsync();
    }

    [Fact]
    public async Task Channel_NewChannelDoesNotAnswer_FindSaysInTransferThenThere()
    {
        // A lease that the pause does not use up.
        using ServerGroup group = await ServerGroup.StartAsync(2, "--Ipc:LeaseMs=30000", "--Ipc:RequestTimeoutMs=30000");
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        await using TestPlayer mover = await group.LogInAsync("가는이", channel: 1);

        group.Channel(2).Pause();
        Task<ServerResult> moving = await mover.SendAsync("/채널 2");
        _ = await seeker.AskUntilAsync("/찾기 가는이", "in_transfer");
        Assert.False(moving.IsCompleted);
        group.Channel(2).Resume();

        Assert.Equal("channel", (await moving.WaitAsync(Eventually.DefaultDeadline)).Command);
        Assert.Equal("2", (await seeker.AskUntilAsync("/찾기 가는이", "other_channel")).Arguments[1]);
    }

    [Fact]
    public async Task Channel_NewChannelIsKilledMeanwhile_PlayerIsBackWhereHeWas()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        await using TestPlayer mover = await group.LogInAsync("가는이", channel: 1);

        group.Channel(2).Pause();
        Task<ServerResult> moving = await mover.SendAsync("/채널 2");
        _ = await seeker.AskUntilAsync("/찾기 가는이", "in_transfer");
        await group.Channel(2).KillAsync();

        Assert.Equal("channel_unavailable", (await moving.WaitAsync(Eventually.DefaultDeadline)).Code);
        _ = await seeker.AskUntilAsync("/찾기 가는이", "same_map");
        _ = await mover.AskUntilAsync("/찾기 찾는이", "same_map");
        Assert.Empty(mover.Breaches);
    }

    [RequiresRootFact]
    public async Task Find_ChannelDInAnotherPidNamespace_TellsTheChannel()
    {
        // As in containers: the queues are shared, and a process of the one has no number in the other.
        using ServerGroup group = await ServerGroup.StartAsync(1);
        group.Launcher = ["unshare", "--pid", "--fork", "--kill-child"];
        await group.StartChannelAsync(2);
        await using TestPlayer here = await group.LogInAsync("여기", channel: 1);
        await using TestPlayer there = await group.LogInAsync("저기", chat: 1, channel: 2);

        Assert.Equal("2", (await here.AskUntilAsync("/찾기 저기", "other_channel")).Arguments[1]);
        Assert.Equal("1", (await there.AskUntilAsync("/찾기 여기", "other_channel")).Arguments[1]);
        await group.Channel(2).KillAsync();
        _ = await here.AskUntilAsync("/찾기 저기", "not_found");
    }

    [Fact]
    public async Task LogIn_NameIsInTheGameOnAnotherChannel_IsTaken()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer first = await group.LogInAsync("하나", chat: 0, channel: 1);
        await using TestPlayer seeker = await group.LogInAsync("찾는이", chat: 1, channel: 2);
        _ = await seeker.AskUntilAsync("/찾기 하나", "other_channel");

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => group.LogInAsync("하나", chat: 1, channel: 2));
        Assert.Contains("name_taken", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("same_map", (await first.AskAsync("/찾기 하나")).Code);
    }
}
