using System.Globalization;
using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.CCompiler;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.CPrograms;

/// <summary>C programs with ids, on either side, over one queue and over two.</summary>
public sealed class StructWireTests
{
    [RequiresCCompilerTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CClients_SeveralAtOnce_EachGetsItsOwnAnswers(bool usesSingleQueue)
    {
        const int Clients = 4;
        const int Lines = 20;
        using ServerPair pair = NewPair(usesSingleQueue);
        using var programs = new CProgramFolder();
        _ = pair.LaunchChannel();
        await pair.ChannelRunsAsync();
        List<ChildProcess> clients = [];
        for (int user = 1; user <= Clients; user++)
        {
            clients.Add(await programs.StartAsync("struct_client", pair.Keys.RequestKey, ResultKey(pair, usesSingleQueue), user));
        }

        for (int user = 1; user <= Clients; user++)
        {
            clients[user - 1].Write(string.Concat(Enumerable.Range(1, Lines).Select(line => $"/찾기 비밀{user}의{line}\n")));
            clients[user - 1].EndInput();
        }

        for (int user = 1; user <= Clients; user++)
        {
            Assert.Equal(0, await clients[user - 1].ExitAsync());

            // They put back what is another's, which mixes the order of results, never their ids.
            Assert.Equal(
                Enumerable.Range(1, Lines).Select(line => $"{user} {line} 비밀{user}의{line}님을 찾을 수 없습니다."),
                clients[user - 1].Lines.OrderBy(static line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)));
        }

        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        Assert.True(pair.Keys.AreUnused);
    }

    [RequiresCCompilerFact]
    public async Task CClient_AnswerHasNoRoom_IsCutAtACharacter()
    {
        using ServerPair pair = NewPair(usesSingleQueue: true);
        using var programs = new CProgramFolder();
        _ = pair.LaunchChannel();
        await pair.ChannelRunsAsync();
        ChildProcess client = await programs.StartAsync("struct_client", pair.Keys.RequestKey, pair.Keys.RequestKey, 1);
        client.Write("/도움말\n/도움말 찾기\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(2, client.Lines.Length);
        Assert.All(client.Lines, static line => Assert.DoesNotContain('\uFFFD', line));
        Assert.All(client.Lines, static line => Assert.InRange(Text.Encoding.UTF8.GetByteCount(line), 5, 4 + 255));
        Assert.StartsWith("1 1 명령어: ", client.Lines[0], StringComparison.Ordinal);
    }

    [RequiresCCompilerTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CServer_PlayersOfChatD_EachGetsHisOwnAnswers(bool usesSingleQueue)
    {
        const int Lines = 500;
        using ServerPair pair = NewPair(usesSingleQueue);
        using var programs = new CProgramFolder();
        ChildProcess server = await programs.StartReadyAsync("struct_server", pair.Keys.RequestKey, ResultKey(pair, usesSingleQueue));
        _ = pair.LaunchChat();
        await pair.ChatReadyAsync();
        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => pair.LogInAsync($"여럿{number}")));

        Task<ServerResult>[][] answers = await Task.WhenAll(players.Select(
            static (player, number) => player.SendAllAsync(Enumerable.Range(0, Lines).Select(line => $"/찾기 비밀{number}의{line}"))));

        for (int number = 0; number < players.Length; number++)
        {
            ServerResult[] results = await Task.WhenAll(answers[number]).WaitAsync(Eventually.DefaultDeadline);
            Assert.All(results, static result => Assert.Equal(OutcomeKind.Ok, result.Outcome));
            Assert.Equal(
                Enumerable.Range(0, Lines).Select(line => $"비밀{number}의{line}님은 지금 C 채널에 있습니다."),
                results.Select(static result => result.Text));
            Assert.Empty(players[number].Breaches);
            await players[number].DisposeAsync();
        }

        // The queues are the server's, which goes on.
        Assert.Equal(0, (await pair.Chat.StopAsync()).ExitCode);
        Assert.False(server.HasExited, server.ToString());
        Assert.NotNull(pair.Keys.RequestQueueId);
    }

    [RequiresCCompilerFact]
    public async Task CServer_RealClient_GetsItsAnswersAndALostOneEndsUnknown()
    {
        using ServerPair pair = NewPair(usesSingleQueue: false);
        using var programs = new CProgramFolder();
        ChildProcess server = await programs.StartReadyAsync("struct_server", pair.Keys.RequestKey, pair.Keys.ResultKey);
        _ = pair.LaunchChat("--Ipc:RequestTimeoutMs=500");
        await pair.ChatReadyAsync();
        using ClientProcess client = pair.StartClient("나");
        client.Write("/찾기 타락파워전사\n/없는명령\n/끝\n");
        await client.HasPrintedAsync("\"result\"", times: 3);
        Assert.Equal(0, await server.ExitAsync());
        _ = await programs.StartReadyAsync("struct_server", pair.Keys.RequestKey, pair.Keys.ResultKey);
        client.Write("/찾기 새서버\n");

        // One line ended unknown.
        Assert.Equal(4, await client.EndAsync());
        Assert.Equal(
            [("ok", "타락파워전사님은 지금 C 채널에 있습니다."), ("ok", "알 수 없는 명령입니다."), ("unknown", "제때 응답을 받지 못했습니다. 명령이 실행되었을 수도 있습니다."), ("ok", "새서버님은 지금 C 채널에 있습니다.")],
            client.Results.Select(static result => (result.GetProperty("outcome").GetString()!, result.GetProperty("text").GetString()!)));
    }

    private static ServerPair NewPair(bool usesSingleQueue) => new("--Ipc:Wire=struct", $"--Ipc:SingleQueue={usesSingleQueue}");

    private static int ResultKey(ServerPair pair, bool usesSingleQueue) => usesSingleQueue ? pair.Keys.RequestKey : pair.Keys.ResultKey;
}
