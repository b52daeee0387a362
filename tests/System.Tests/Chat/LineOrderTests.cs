using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Waiting;

namespace System.Tests.Chat;

/// <summary>A player types without waiting for answers: what he typed first has taken effect when the next is run.</summary>
public sealed class LineOrderTests
{
    private const int Rounds = 25;

    [Fact]
    public async Task Channel_AndLinesBehindIt_AreRunInTheNewChannel()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer first = await group.LogInAsync("하나", channel: 1);
        await using TestPlayer second = await group.LogInAsync("둘", chat: 1, channel: 2);
        await using TestPlayer mover = await group.LogInAsync("가는이", channel: 1);
        _ = await mover.AskUntilAsync("/찾기 둘", "other_channel");
        for (int round = 0; round < Rounds; round++)
        {
            // There and back, and twice that at once in every other round.
            string[] there = ["/채널 2", "/찾기 둘", $"말 {round}", "/찾기 하나"];
            string[] back = ["/채널 1", "/찾기 하나", "/찾기 둘"];
            string[] lines = round % 2 == 0 ? [.. there, .. back] : [.. there, .. back, .. there, .. back];
            ServerResult[] results = await AskAllAsync(mover, lines);
            string[] once = ["moved", "same_map", "said", "other_channel", "moved", "same_map", "other_channel"];
            Assert.Equal(round % 2 == 0 ? once : [.. once, .. once], results.Select(result => result.Code));
            await Eventually.TrueAsync(() => second.Events.Any(shown => shown.Arguments.Contains($"말 {round}")), "it was said there");
        }

        Assert.DoesNotContain(first.Events, shown => shown.Code == "say");
        Assert.Empty(mover.Breaches);
        await group.StopCleanlyAsync();
    }

    [Fact]
    public async Task Channel_ThatCannotBeEntered_LeavesTheLinesBehindItHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer first = await group.LogInAsync("하나", channel: 1);
        await using TestPlayer mover = await group.LogInAsync("가는이", channel: 1);
        await using TestPlayer namesake = await group.LogInAsync("둘", chat: 1, channel: 2);
        _ = await mover.AskUntilAsync("/찾기 둘", "other_channel");
        await group.Channel(2).KillAsync();

        // Until its lease is over nobody knows that it is gone: the change fails, and what is behind it is run where the player still is.
        ServerResult[] results = await AskAllAsync(mover, ["/채널 2", "/찾기 하나", "아직 여기", "/찾기 하나"]);
        Assert.NotEqual(OutcomeKind.Ok, results[0].Outcome);
        Assert.All(results[1..], result => Assert.True(
            result.Code is "same_map" or "said" || result.Outcome == OutcomeKind.Busy, $"{result.Outcome} {result.Code}"));
        _ = await mover.AskUntilAsync("/찾기 하나", "same_map");
        Assert.Empty(mover.Breaches);
    }

    [Fact]
    public async Task StateCommands_AndLinesBehindThem_SeeTheChange()
    {
        using ServerGroup group = await ServerGroup.StartAsync(channels: 1);
        await using TestPlayer player = await group.LogInAsync("하나");
        await using TestPlayer other = await group.LogInAsync("둘", chat: 1);
        for (int round = 0; round < Rounds; round++)
        {
            string[] lines =
            [
                "/파티 만들기", "/p 안녕", "/파티 탈퇴", "/p 안녕",
                "/차단 추가 둘", "/차단 목록", "/차단 해제 둘", "/차단 목록",
                "/친구 추가 둘", "/찾기 둘", "/친구 목록", "/친구 삭제 둘", "/친구 목록",
            ];
            Assert.Equal(
                [
                    "created", "nobody_online", "left_and_dissolved", "not_in_party",
                    "added", "list", "removed", "empty",
                    "added", "same_map", "all_online", "removed", "empty",
                ],
                (await AskAllAsync(player, lines)).Select(result => result.Code));
        }

        Assert.Empty(player.Breaches);
        await group.StopCleanlyAsync();
    }

    [Fact]
    public async Task Block_AndAWhisperBehindIt_IsInForceWhenTheWhisperIsHeard()
    {
        using ServerGroup group = await ServerGroup.StartAsync(channels: 1);
        await using TestPlayer player = await group.LogInAsync("하나");
        await using TestPlayer friend = await group.LogInAsync("둘", chat: 1);
        await using TestPlayer blocked = await group.LogInAsync("셋", chat: 1);
        for (int round = 0; round < Rounds; round++)
        {
            string quiet = $"조용히 {round}";
            Task<ServerResult>[] blocking = await player.SendAllAsync(["/차단 추가 셋", $"/귓속말 둘 {quiet}"]);
            await Eventually.TrueAsync(() => friend.Events.Any(shown => shown.Arguments.Contains(quiet)), "the friend is told");
            Assert.Equal(OutcomeKind.Ok, (await blocked.AskAsync($"안 들려 {round}")).Outcome);

            string loud = $"말해 {round}";
            Task<ServerResult>[] freeing = await player.SendAllAsync(["/차단 해제 셋", $"/귓속말 둘 {loud}"]);
            await Eventually.TrueAsync(() => friend.Events.Any(shown => shown.Arguments.Contains(loud)), "the friend is told again");
            Assert.Equal(OutcomeKind.Ok, (await blocked.AskAsync($"들려 {round}")).Outcome);
            await Eventually.TrueAsync(() => player.Events.Any(shown => shown.Arguments.Contains($"들려 {round}")), "it is heard again");
            Assert.DoesNotContain(player.Events, shown => shown.Arguments.Contains($"안 들려 {round}"));
            Assert.All(await Task.WhenAll([.. blocking, .. freeing]).WaitAsync(Eventually.DefaultDeadline), result => Assert.Equal(OutcomeKind.Ok, result.Outcome));
        }

        Assert.Empty(player.Breaches);
        await group.StopCleanlyAsync();
    }

    private static async Task<ServerResult[]> AskAllAsync(TestPlayer player, string[] lines) =>
        await Task.WhenAll(await player.SendAllAsync(lines)).WaitAsync(Eventually.DefaultDeadline);
}
