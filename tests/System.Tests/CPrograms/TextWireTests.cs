using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.CCompiler;
using Testing.Support.Ipc;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.CPrograms;

/// <summary>C programs of the oldest shape, on either side: one queue, 1024 bytes, one request at a time, not a line of them changed.</summary>
public sealed class TextWireTests : IDisposable
{
    private readonly ServerPair _pair = new("--Ipc:Wire=text", "--Ipc:SingleQueue=true");
    private readonly CProgramFolder _programs = new();

    public void Dispose()
    {
        _programs.Dispose();
        _pair.Dispose();
    }

    [RequiresCCompilerFact]
    public async Task CClient_ChannelD_AnswersAsAnOrdinaryPlayer()
    {
        // The client comes first: the queue is its own, with its own mode, and is not the daemon's to remove.
        ChildProcess client = await _programs.StartReadyAsync("text_client", _pair.Keys.RequestKey);
        int made = _pair.Keys.RequestQueueId!.Value;
        _ = _pair.LaunchChannel();
        await _pair.ChannelRunsAsync();
        client.Write("/찾기 타락파워전사\n안녕하세요\n/찾기\n/누구\n/찾기 " + new string('가', 300) + "\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(
            ["ready", "타락파워전사님을 찾을 수 없습니다.", "알 수 없는 명령입니다.", "사용법: /찾기 이름", "게임에 접속한 캐릭터만 쓸 수 있는 명령입니다.", "너무 깁니다. 최대 256자까지 입력할 수 있습니다."],
            client.Lines);
        Assert.Equal(0, (await _pair.Channel.StopAsync()).ExitCode);
        Assert.Equal(made, _pair.Keys.RequestQueueId);
        Assert.Null(_pair.Keys.SemaphoreSetId);
    }

    [RequiresCCompilerFact]
    public async Task CClient_QueueOfChannelD_IsRemovedWithIt()
    {
        _ = _pair.LaunchChannel();
        await _pair.ChannelRunsAsync();
        ChildProcess client = await _programs.StartReadyAsync("text_client", _pair.Keys.RequestKey);
        client.Write("/찾기 아무개\n");
        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(["ready", "아무개님을 찾을 수 없습니다."], client.Lines);

        Assert.Equal(0, (await _pair.Channel.StopAsync()).ExitCode);
        Assert.True(_pair.Keys.AreUnused);
    }

    [RequiresCCompilerFact]
    public async Task CServer_ClientOfChatD_GetsItsAnswers()
    {
        ChildProcess server = await _programs.StartReadyAsync("text_server", _pair.Keys.RequestKey);
        _ = _pair.LaunchChat();
        await _pair.ChatReadyAsync();
        using ClientProcess client = _pair.StartClient("나");
        client.Write("/찾기 타락파워전사\n/없는명령\n/길게\n" + new string('가', 400) + "\n/없는명령\n");

        Assert.Equal(0, await client.EndAsync());
        string[] texts = [.. client.Results.Select(static result => result.GetProperty("text").GetString()!)];
        Assert.Equal("타락파워전사님은 지금 헤네시스에 있습니다.", texts[0]);
        Assert.Equal("알 수 없는 명령입니다.", texts[1]);

        // The server cut its last character in two; the rest is whole.
        Assert.Equal(new string('가', 340) + "\uFFFD", texts[2]);

        // A line is never cut: it would be another one.
        Assert.Equal("too_large", client.Results[3].GetProperty("code").GetString());
        Assert.Equal("알 수 없는 명령입니다.", texts[4]);

        Assert.Equal(0, (await _pair.Chat.StopAsync()).ExitCode);
        Assert.False(server.HasExited, server.ToString());
        Assert.NotNull(_pair.Keys.RequestQueueId);
    }

    [RequiresCCompilerFact]
    public async Task CServer_ManyPlayersAtOnce_EachGetsHisOwnAnswer()
    {
        _ = await _programs.StartReadyAsync("text_server", _pair.Keys.RequestKey);
        _ = _pair.LaunchChat();
        await _pair.ChatReadyAsync();
        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => _pair.LogInAsync($"여럿{number}")));

        // Two kinds of line, so that an answer to another's line would show.
        Task<ServerResult>[][] answers = await Task.WhenAll(players.Select(
            static (player, number) => player.SendAllAsync(Enumerable.Repeat(number % 2 == 0 ? "/찾기 타락파워전사" : "/없는명령", 100))));

        for (int number = 0; number < players.Length; number++)
        {
            string expected = number % 2 == 0 ? "타락파워전사님은 지금 헤네시스에 있습니다." : "알 수 없는 명령입니다.";
            ServerResult[] results = await Task.WhenAll(answers[number]).WaitAsync(Eventually.DefaultDeadline);
            Assert.All(results, result => Assert.Equal((OutcomeKind.Ok, expected), (result.Outcome, result.Text)));
            Assert.Empty(players[number].Breaches);
            await players[number].DisposeAsync();
        }
    }

    [RequiresCCompilerFact]
    public async Task CServer_AnswersLate_TheAnswerIsNobodysAndTheNextIsRight()
    {
        ChildProcess server = await _programs.StartReadyAsync("text_server", _pair.Keys.RequestKey);
        _ = _pair.LaunchChat("--Ipc:RequestTimeoutMs=300");
        await _pair.ChatReadyAsync();
        await using TestPlayer player = await _pair.LogInAsync("기다림");
        server.Pause();
        Assert.Equal((OutcomeKind.Unknown, "deadline"), OutcomeOf(await player.AskAsync("/찾기 타락파워전사")));

        // Until the late answer comes, none is asked for: there are no ids to tell them apart.
        Assert.Equal(OutcomeKind.Busy, (await player.AskAsync("/없는명령")).Outcome);
        server.Resume();

        Assert.Equal("알 수 없는 명령입니다.", (await UntilOkAsync(player, "/없는명령")).Text);
        Assert.Equal("타락파워전사님은 지금 헤네시스에 있습니다.", (await UntilOkAsync(player, "/찾기 타락파워전사")).Text);
        Assert.Equal(0, (await _pair.Chat.StopAsync()).ExitCode);
        Assert.Contains("dropped 1 late", _pair.Chat.Output, StringComparison.Ordinal);
    }

    [RequiresCCompilerFact]
    public async Task CServer_Dies_TheLineIsUnknownAndTheNextServerIsAskedLater()
    {
        ChildProcess server = await _programs.StartReadyAsync("text_server", _pair.Keys.RequestKey);
        _ = _pair.LaunchChat("--Ipc:RequestTimeoutMs=300");
        await _pair.ChatReadyAsync();
        await using TestPlayer player = await _pair.LogInAsync("꾸준함");
        Assert.Equal((OutcomeKind.Unknown, "deadline"), OutcomeOf(await player.AskAsync("/끝")));
        Assert.Equal(0, await server.ExitAsync());

        _ = await _programs.StartReadyAsync("text_server", _pair.Keys.RequestKey);
        Assert.Equal("알 수 없는 명령입니다.", (await UntilOkAsync(player, "/없는명령")).Text);
        Assert.Equal("타락파워전사님은 지금 헤네시스에 있습니다.", (await player.AskAsync("/찾기 타락파워전사")).Text);
    }

    [RequiresCCompilerFact]
    public async Task ChatD_KilledWithALineUnderWay_ItsAnswerIsNobodysInTheNextRun()
    {
        ChildProcess server = await _programs.StartReadyAsync("text_server", _pair.Keys.RequestKey);
        var queue = new RawQueue(_pair.Keys.RequestQueueId!.Value);
        _ = _pair.LaunchChat();
        await _pair.ChatReadyAsync();
        server.Pause();
        await using (TestPlayer before = await _pair.LogInAsync("먼저"))
        {
            _ = await before.SendAllAsync(["/찾기 타락파워전사"]);
            await Eventually.TrueAsync(() => queue.LastSender == _pair.Chat.Id, "the line is under way");
            await _pair.Chat.KillAsync();
        }

        _ = _pair.LaunchChat();
        await _pair.ChatReadyAsync();
        Assert.Contains("[1260]", _pair.Chat.Output, StringComparison.Ordinal);
        server.Resume();

        await using TestPlayer after = await _pair.LogInAsync("나중");
        Assert.Equal("알 수 없는 명령입니다.", (await UntilOkAsync(after, "/없는명령")).Text);
        Assert.Equal(0, (await _pair.Chat.StopAsync()).ExitCode);
        Assert.Contains("dropped 1 late", _pair.Chat.Output, StringComparison.Ordinal);
    }

    private static (OutcomeKind Kind, string Code) OutcomeOf(in ServerResult result) => (result.Outcome, result.Code);

    private static async Task<ServerResult> UntilOkAsync(TestPlayer player, string line)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        ServerResult result;
        while ((result = await player.AskAsync(line)).Outcome != OutcomeKind.Ok)
        {
            Assert.Equal(OutcomeKind.Busy, result.Outcome);
            deadline.Token.ThrowIfCancellationRequested();
        }

        return result;
    }
}
