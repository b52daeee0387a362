using System.Tests.Support;
using Testing.Support.Processes;

namespace System.Tests.Presence;

/// <summary>Daemons that are killed: nobody who is gone is found for longer than the lease, and everybody who is there is found again.</summary>
public sealed class GhostTests
{
    [Fact]
    public async Task Kill_ChannelD_ItsCharactersAreNotFoundAndComeBackWithIt()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        await using TestPlayer lost = await group.LogInAsync("잃은이", chat: 1, channel: 2);
        _ = await seeker.AskUntilAsync("/찾기 잃은이", "other_channel");

        await group.Channel(2).KillAsync();
        _ = await seeker.AskUntilAsync("/찾기 잃은이", "not_found");
        await group.StartChannelAsync(2);

        Assert.Equal("2", (await seeker.AskUntilAsync("/찾기 잃은이", "other_channel")).Arguments[1]);
        _ = await lost.AskUntilAsync("/찾기 찾는이", "other_channel");
        await group.StopCleanlyAsync();
    }

    [Fact]
    public async Task Kill_ChatD_ItsCharactersAreNotFoundEverywhere()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer first = await group.LogInAsync("하나", channel: 1);
        await using TestPlayer second = await group.LogInAsync("둘", channel: 2);
        await using (TestPlayer one = await group.LogInAsync("유령하나", chat: 1, channel: 1))
        await using (TestPlayer two = await group.LogInAsync("유령둘", chat: 1, channel: 2))
        {
            _ = await first.AskUntilAsync("/찾기 유령둘", "other_channel");
            _ = await second.AskUntilAsync("/찾기 유령하나", "other_channel");
            await group.Chat(1).KillAsync();
        }

        foreach (TestPlayer seeker in (TestPlayer[])[first, second])
        {
            _ = await seeker.AskUntilAsync("/찾기 유령하나", "not_found");
            _ = await seeker.AskUntilAsync("/찾기 유령둘", "not_found");
        }

        await group.RestartSecondChatAsync();
        await using TestPlayer again = await group.LogInAsync("유령하나", chat: 1, channel: 2);
        Assert.Equal("2", (await first.AskUntilAsync("/찾기 유령하나", "other_channel")).Arguments[1]);
        await group.StopCleanlyAsync();
    }

    [Theory]
    [InlineData(20261121)]
    [InlineData(7)]
    public async Task Kill_InRandomOrder_NoGhostAndNobodyMissing(int seed)
    {
        var random = new Random(seed);
        using ServerGroup group = await ServerGroup.StartAsync(channels: 3);
        await using TestPlayer first = await group.LogInAsync("하나", channel: 1);
        await using TestPlayer second = await group.LogInAsync("둘", channel: 2);
        await using TestPlayer third = await group.LogInAsync("셋", channel: 3);
        for (int round = 0; round < 4; round++)
        {
            // The ghost's chatD and a channelD are killed in either order, and come back in either order.
            TestPlayer ghost = await group.LogInAsync($"유령{round}", chat: 1, channel: 1 + random.Next(3));
            int victim = 1 + random.Next(3);
            bool isChatFirst = random.Next(2) == 0;
            await KillAsync(isChatFirst ? group.Chat(1) : group.Channel(victim));
            await KillAsync(isChatFirst ? group.Channel(victim) : group.Chat(1));
            await ghost.DisposeAsync();
            if (random.Next(2) == 0)
            {
                await group.StartChannelAsync(victim);
                await group.RestartSecondChatAsync();
            }
            else
            {
                Task chat = group.RestartSecondChatAsync();
                await group.StartChannelAsync(victim);
                await chat;
            }

            foreach (TestPlayer seeker in (TestPlayer[])[first, second, third])
            {
                _ = await seeker.AskUntilAsync($"/찾기 유령{round}", "not_found");
                foreach ((string name, int channel) in (IEnumerable<(string, int)>)[("하나", 1), ("둘", 2), ("셋", 3)])
                {
                    string code = seeker == first == (channel == 1) && seeker == second == (channel == 2) ? "same_map" : "other_channel";
                    _ = await seeker.AskUntilAsync($"/찾기 {name}", code);
                }
            }
        }

        static async Task KillAsync(DaemonProcess daemon) => await daemon.KillAsync();
    }
}
