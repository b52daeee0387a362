using System.Tests.Support;
using System.Text.Json;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Administration;

/// <summary>The commands of gsctl that change nothing, on real daemons.</summary>
public sealed class GsctlReadTests : IAsyncLifetime, IDisposable
{
    private const int Refused = 1;
    private const int CannotReach = 3;

    private readonly ServerPair _pair = new("--Ops:TimeoutMs=20000");

    public Task InitializeAsync() => _pair.StartBothAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Status_BothDaemons_AreShownWithPeersQueuesAndLimits()
    {
        await using TestPlayer player = await _pair.LogInAsync("단풍이");

        GsctlResult shown = await _pair.GsctlAsync("status");
        Assert.Equal((0, string.Empty), (shown.ExitCode, shown.Error));
        Assert.Matches("chatD 0 +running +yes +1 ", shown.Output);
        Assert.Matches("channelD 1 +running +yes +1 ", shown.Output);
        Assert.Matches("chatD 0 +channelD 1 +up ", shown.Output);
        Assert.Matches("channelD 1 +chatD 0 +up ", shown.Output);

        JsonElement daemons = (await _pair.GsctlAsync("status", "--json")).Json.GetProperty("daemons");
        JsonElement chat = daemons[0];
        Assert.Equal(_pair.Chat.Id, chat.GetProperty("processId").GetInt32());
        Assert.Equal(_pair.Keys.RequestKey, chat.GetProperty("ipc").GetProperty("requestKey").GetInt32());
        Assert.Equal(1, chat.GetProperty("chat").GetProperty("sessions").GetInt32());
        Assert.Equal(chat.GetProperty("peers")[0].GetProperty("generation").GetString(), daemons[1].GetProperty("generation").GetString());
        Assert.Equal("sqlite", daemons[1].GetProperty("channel").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Status_OneDaemon_IsPickedByItsNumber()
    {
        JsonElement daemons = (await _pair.GsctlAsync("status", "--channel", "1", "--json")).Json.GetProperty("daemons");
        Assert.Equal("channelD", Assert.Single(daemons.EnumerateArray()).GetProperty("daemon").GetString());

        GsctlResult other = await _pair.GsctlAsync("status", "--channel", "7");
        Assert.Equal(CannotReach, other.ExitCode);
        Assert.Contains("There are: chatD 0, channelD 1.", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ChannelKilled_SaysThatNobodyListensAndThatChatIsNotReady()
    {
        await _pair.Channel.KillAsync();
        await _pair.Chat.HasPrintedAsync("[1302]");

        GsctlResult shown = await _pair.GsctlAsync("status");
        Assert.Equal(4, shown.ExitCode);
        Assert.Contains("nobody listens at", shown.Error, StringComparison.Ordinal);
        Assert.Contains("chatD 0 is not ready: channel", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_Players_AreShownByBothDaemons()
    {
        await using TestPlayer first = await _pair.LogInAsync("단풍이");
        await using TestPlayer second = await _pair.LogInAsync("타락파워전사", map: "페리온");

        JsonElement who = (await _pair.GsctlAsync("who", "--json")).Json;
        JsonElement[] sessions = [.. who.GetProperty("chats")[0].GetProperty("sessions").EnumerateArray()];
        Assert.Equal(["단풍이", "타락파워전사"], sessions.Select(session => session.GetProperty("name").GetString()));
        Assert.All(sessions, session => Assert.Equal(("attached", "unix"), (session.GetProperty("state").GetString(), session.GetProperty("remote").GetString())));
        JsonElement[] characters = [.. who.GetProperty("channels")[0].GetProperty("characters").EnumerateArray()];
        Assert.Equal(["페리온"], characters.Where(character => character.GetProperty("name").GetString() == "타락파워전사").Select(character => character.GetProperty("map").GetString()));

        GsctlResult limited = await _pair.GsctlAsync("who", "--limit", "1");
        Assert.Contains("Players of chatD 0: 2, of whom 1 are shown", limited.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("타락파워전사 ", limited.Output.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_ByAnySpelling_ShowsWhatTheChannelKnows()
    {
        await using TestPlayer player = await _pair.LogInAsync("Maple");

        JsonElement answer = (await _pair.GsctlAsync("find", "mAPLE", "--json")).Json.GetProperty("answers")[0];
        Assert.Equal(
            ("Maple", "same_channel", "own", "same_map", 0L),
            (answer.GetProperty("name").GetString(), answer.GetProperty("reason").GetString(), answer.GetProperty("source").GetString(),
                answer.GetProperty("playerCode").GetString(), answer.GetProperty("ageMs").GetInt64()));

        GsctlResult nobody = await _pair.GsctlAsync("find", "없는이");
        Assert.Equal(Refused, nobody.ExitCode);
        Assert.Contains("not_in_game", nobody.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queues_ChannelStopped_ShowsTheRequestThatWaitsAndLeavesItThere()
    {
        await using TestPlayer player = await _pair.LogInAsync("단풍이");
        _pair.Channel.Pause();
        Task<Shared.Protocol.Messages.Players.ServerResult> answer = await player.SendAsync("/찾기 단풍이");
        await Eventually.TrueAsync(async () => Requests(await _pair.GsctlAsync("queues", "--json")) >= 1, "the request is seen in its mailbox");

        GsctlResult shown = await _pair.GsctlAsync("queues");
        Assert.Matches("requests .* 0600 ", shown.Output);
        Assert.Contains("kernel.msgmnb=", shown.Output, StringComparison.Ordinal);
        Assert.True(_pair.RequestDepth > 0);

        // A look is no answer, and takes none away.
        _pair.Channel.Resume();
        _ = await answer.WaitAsync(Eventually.DefaultDeadline);
        Assert.Empty(player.Breaches);

        static long Requests(GsctlResult queues) => queues.Json.GetProperty("queues").EnumerateArray()
            .SelectMany(queue => queue.GetProperty("mailboxes").EnumerateArray())
            .Where(mailbox => mailbox.GetProperty("type").GetInt64() == 1 && mailbox.TryGetProperty("oldestDueInMs", out _))
            .Sum(mailbox => mailbox.GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task Top_Once_ShowsTheRateOfWhatPlayersAsk()
    {
        await using TestPlayer player = await _pair.LogInAsync("단풍이");
        using var ending = new CancellationTokenSource();
        Task load = AskAsync(player, ending.Token);

        JsonElement top = (await _pair.GsctlAsync("top", "--once", "--interval", "1", "--json")).Json;
        JsonElement command = top.GetProperty("requests").EnumerateArray().Single(rate => rate.GetProperty("name").GetString() == "command");
        Assert.True(command.GetProperty("perSecond").GetDouble() > 0);
        Assert.True(command.GetProperty("p99Seconds").GetDouble() >= command.GetProperty("p50Seconds").GetDouble());
        JsonElement find = top.GetProperty("commands").EnumerateArray().Single(rate => rate.GetProperty("name").GetString() == "find");
        Assert.True(find.GetProperty("perSecond").GetDouble() > 0);
        Assert.True(find.GetProperty("p99Seconds").GetDouble() >= find.GetProperty("p50Seconds").GetDouble());

        GsctlResult shown = await _pair.GsctlAsync("top", "--once", "--interval", "0.5");
        Assert.Matches("find +[0-9]", shown.Output);
        Assert.DoesNotContain('\e', shown.Output);
        await ending.CancelAsync();
        await load;
    }

    [Fact]
    public async Task Top_JsonUntilSigterm_PrintsAnIntervalALineAndExits0()
    {
        using GsctlProcess top = _pair.StartGsctl("top", "--json", "--interval", "0.2");
        await top.HasPrintedAsync("intervalMs", times: 2);
        top.Terminate();
        Assert.Equal(0, await top.ExitAsync());
        Assert.True(top.Json.GetProperty("daemons").GetArrayLength() == 2);
    }

    private static async Task AskAsync(TestPlayer player, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _ = await player.AskAsync("/찾기 단풍이");
        }
    }
}
