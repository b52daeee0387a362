using System.Tests.Support;
using Microsoft.Data.Sqlite;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Waiting;

namespace System.Tests.Peers;

/// <summary>The defects that searches and whispers between processes have had in other game servers, one by one: none is here.</summary>
public sealed class FailureMatrixTests
{
    [Fact]
    public async Task SuccessToldThoughNobodyReceived_NotHere()
    {
        // The recipient's chatD must not be given up while it stands still on purpose.
        using ServerGroup group = await ServerGroup.StartAsync(2, "--Ipc:LeaseMs=30000");
        await using TestPlayer sender = await group.LogInAsync("보낸이", channel: 1);
        await using TestPlayer recipient = await group.LogInAsync("받는이", chat: 1, channel: 2);
        _ = await sender.AskUntilAsync("/찾기 받는이", "other_channel");

        Assert.Equal("not_found", (await sender.AskAsync("/귓속말 없는이 안녕")).Code);
        Assert.Equal("whispered", (await sender.AskAsync("/귓속말 받는이 첫째")).Code);
        ServerEvent shown = await recipient.ShownAsync("whisper");
        Assert.Equal("보낸이", shown.Sender);
        Assert.Contains("첫째", shown.Text, StringComparison.Ordinal);

        group.Chat(1).Pause();
        ServerResult unsure = await sender.AskAsync("/귓속말 받는이 둘째");
        group.Chat(1).Resume();
        Assert.NotEqual("whispered", unsure.Code);
        Assert.NotEqual("not_found", unsure.Code);
    }

    [Fact]
    public async Task SuccessToldAfterTheRecipientsChatWasKilled_NotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer sender = await group.LogInAsync("보낸이", channel: 1);
        await using TestPlayer recipient = await group.LogInAsync("받는이", chat: 1, channel: 2);
        _ = await sender.AskUntilAsync("/찾기 받는이", "other_channel");

        await group.Chat(1).KillAsync();
        string code = string.Empty;
        for (int attempt = 0; attempt < 1000 && code != "not_found"; attempt++)
        {
            code = (await sender.AskAsync("/귓속말 받는이 거기 있어요?")).Code;
            Assert.NotEqual("whispered", code);
        }

        Assert.Equal("not_found", code);
    }

    [Fact]
    public async Task WrongChannelOrMapInTheAnswer_NotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync(channels: 3);
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        for (int channel = 1; channel <= 3; channel++)
        {
            await using TestPlayer target = await group.LogInAsync($"표적{channel}", chat: channel % 2, channel, map: $"맵{channel}");
            ServerResult found = await seeker.AskUntilAsync($"/찾기 표적{channel}", channel == 1 ? "same_map" : "other_channel");
            Assert.Equal(channel == 1 ? "맵1" : $"{channel}", found.Arguments[1]);
        }
    }

    [Fact]
    public async Task HiddenGameMasterLeaks_NotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer player = await group.LogInAsync("손님", channel: 1);
        await using TestPlayer neighbour = await group.LogInAsync("이웃", channel: 2);
        await using TestPlayer low = await group.LogInAsync(ServerGroup.Master, channel: 1, key: ServerGroup.MasterKey);
        await using TestPlayer high = await group.LogInAsync(ServerGroup.HighMaster, chat: 1, channel: 2, key: ServerGroup.MasterKey);
        _ = await player.AskUntilAsync($"/찾기 {ServerGroup.HighMaster}", "other_channel");
        Assert.Equal(OutcomeKind.Ok, (await high.AskAsync("/숨기")).Outcome);

        // On the own channel and from another one, for players and for lower tiers; and by whisper.
        foreach (TestPlayer below in (TestPlayer[])[player, neighbour, low])
        {
            ServerResult hidden = await below.AskUntilAsync($"/찾기 {ServerGroup.HighMaster}", "not_found");
            ServerResult absent = await below.AskAsync("/찾기 없는이");
            Assert.Equal(absent.Text.Replace("없는이", ServerGroup.HighMaster, StringComparison.Ordinal), hidden.Text);
            Assert.Equal((absent.Command, absent.Code, absent.Outcome), (hidden.Command, hidden.Code, hidden.Outcome));
            Assert.Equal("not_found", (await below.AskAsync($"/귓속말 {ServerGroup.HighMaster} 거기?")).Code);
        }

        ServerResult who = await neighbour.AskAsync("/누구");
        Assert.DoesNotContain(ServerGroup.HighMaster, who.Text, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Ok, (await low.AskAsync("/숨기")).Outcome);
        _ = await player.AskUntilAsync($"/찾기 {ServerGroup.Master}", "not_found");
        _ = await high.AskUntilAsync($"/찾기 {ServerGroup.Master}", "other_channel");

        // He moves, and the channelD that has him is started again: he stays hidden.
        Assert.Equal(OutcomeKind.Ok, (await high.AskAsync("/채널 1")).Outcome);
        await NeverFoundAsync();
        await group.Channel(1).KillAsync();
        await group.StartChannelAsync(1);
        _ = await player.AskUntilAsync("/찾기 손님", "same_map");
        await NeverFoundAsync();

        async Task NeverFoundAsync()
        {
            for (int i = 0; i < 50; i++)
            {
                Assert.Equal("not_found", (await neighbour.AskAsync($"/찾기 {ServerGroup.HighMaster}")).Code);
                Assert.NotEqual("same_map", (await player.AskAsync($"/찾기 {ServerGroup.HighMaster}")).Code);
            }
        }
    }

    [Fact]
    public async Task GhostsAfterAChannelCrash_NotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        await using TestPlayer target = await group.LogInAsync("표적", chat: 1, channel: 2);
        _ = await seeker.AskUntilAsync("/찾기 표적", "other_channel");
        await group.Channel(2).KillAsync();
        _ = await seeker.AskUntilAsync("/찾기 표적", "not_found");
        Assert.Equal("not_found", (await seeker.AskAsync("/귓속말 표적 안녕")).Code);
    }

    [Fact]
    public async Task NoAnswerAtAllOnTimeout_NotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync(2, "--Ipc:LeaseMs=30000", "--Ipc:RequestTimeoutMs=1000");
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        group.Channel(1).Pause();
        ServerResult late = await seeker.AskAsync("/찾기 찾는이");
        group.Channel(1).Resume();
        Assert.Equal((OutcomeKind.Unknown, "deadline"), (late.Outcome, late.Code));
        Assert.Equal("same_map", (await seeker.AskUntilAsync("/찾기 찾는이", "same_map")).Code);
        Assert.Empty(seeker.Breaches);
    }

    [Fact]
    public async Task RecipientsTakenFromTheClient_NotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync();
        await using TestPlayer leader = await group.LogInAsync("파티장", channel: 1);
        await using TestPlayer member = await group.LogInAsync("파티원", chat: 1, channel: 2);
        await using TestPlayer stranger = await group.LogInAsync("남", chat: 1, channel: 1);
        _ = await leader.AskUntilAsync("/찾기 파티원", "other_channel");
        Assert.Equal(OutcomeKind.Ok, (await leader.AskAsync("/파티 만들기")).Outcome);
        Assert.Equal(OutcomeKind.Ok, (await leader.AskAsync("/파티 초대 파티원")).Outcome);
        await Eventually.TrueAsync(() => member.Events.Any(static shown => shown.Sender == "파티장"), "the invitation is shown");
        Assert.Equal(OutcomeKind.Ok, (await member.AskAsync("/파티 수락")).Outcome);

        // Who is in the party is what channelD keeps, whatever a client says.
        Assert.Equal(OutcomeKind.Error, (await stranger.AskAsync("/p 나도 끼워 주세요")).Outcome);
        Assert.Equal(OutcomeKind.Ok, (await leader.AskAsync("/p 모여라")).Outcome);
        await Eventually.TrueAsync(() => member.Events.Any(static shown => shown.Text.Contains("모여라", StringComparison.Ordinal)), "the member is shown it");
        Assert.Equal(OutcomeKind.Ok, (await leader.AskAsync("/파티 추방 파티원")).Outcome);
        Assert.Equal(OutcomeKind.Error, (await member.AskAsync("/p 아직 있어요")).Outcome);
        Assert.Equal(OutcomeKind.Ok, (await leader.AskAsync("/p 둘만의 이야기")).Outcome);
        Assert.DoesNotContain(member.Events.Concat(stranger.Events), static shown => shown.Text.Contains("둘만의", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BlockingInputOutputOnTheGameLoop_NotHere()
    {
        using ServerGroup group = await ServerGroup.StartAsync(1);
        await using TestPlayer seeker = await group.LogInAsync("찾는이", channel: 1);
        await using TestPlayer writer = await group.LogInAsync("쓰는이", channel: 1);

        // Somebody else holds the file of the kept state: whoever needs it waits, and nobody else.
        using var holder = new SqliteConnection($"Data Source={group.StateFile}");
        await holder.OpenAsync();
        Execute(holder, "BEGIN EXCLUSIVE");
        Task<ServerResult> writing = await writer.SendAsync("/차단 추가 아무나");
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("same_map", (await seeker.AskAsync("/찾기 쓰는이")).Code);
        }

        Assert.False(writing.IsCompleted, "The block was kept while the file was held.");
        Execute(holder, "ROLLBACK");
        Assert.NotEqual(OutcomeKind.Unknown, (await writing.WaitAsync(Eventually.DefaultDeadline)).Outcome);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
