using System.Globalization;
using System.Tests.Support;
using System.Text.Json;
using Testing.Support.Ipc;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Resuming;

/// <summary>The real client and the real daemons, with a network between them that breaks.</summary>
public sealed class LostConnectionTests
{
    private const long RequestType = 1;

    [Theory]
    [InlineData(300)]
    [InlineData(4000)]
    [InlineData(40_000)]
    public async Task Lines_ConnectionCutAtRandom_EachHasExactlyOneAnswerInOrder(int maxBytesOfAConnection)
    {
        int count = maxBytesOfAConnection < 1000 ? 40 : 2000;
        int seed = Random.Shared.Next();
        using ServerPair pair = await ServerPair.StartAsync();
        await using var network = new CuttingProxy(pair.SocketPath, seed, maxBytesOfAConnection);
        using var client = new ClientProcess(
            "--server", network.Address.ToString(), "--name", "나그네", "--json", "--connect-timeout", "60", "--wait", "60");
        string[] lines = [.. Enumerable.Range(0, count).Select(static i => $"/찾기 없는이름{i.ToString(CultureInfo.InvariantCulture)}")];
        client.Write(string.Concat(lines.Select(static line => line + "\n")));
        await Eventually.TrueAsync(() => network.Cuts >= 3 || client.HasExited, $"the connection was cut (seed {seed})");
        await Eventually.TrueAsync(
            () => network.Cuts >= 20 || client.Results.Count == count || client.HasExited, $"it was cut often, or all is answered (seed {seed})");
        network.BecomeCalm();

        int exitCode = await client.EndAsync();
        Assert.True(exitCode == 0, $"seed {seed}, exit code {exitCode}, {network.Cuts} cuts: {client.Error}");
        Assert.True(lines.SequenceEqual(client.Results.Select(static result => Text(result, "line"))), $"seed {seed}");
        Assert.All(
            client.Results,
            result => Assert.True(
                Text(result, "text") == $"{Text(result, "line").Replace("/찾기 ", string.Empty, StringComparison.Ordinal)}님을 찾을 수 없습니다.", $"seed {seed}: {result}"));
        Assert.DoesNotContain(client.Json, static line => Text(line, "code") == "session_lost");
        Assert.Contains(client.Json, static line => Text(line, "code") == "resumed");
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Lines_ChatDKilledAndStartedAgain_OutstandingEndUnknownAndTheClientGoesOn()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:LeaseMs=60000", "--Ipc:RequestTimeoutMs=60000");
        using ClientProcess client = pair.StartClient("나그네");
        client.Write("/찾기 하나\n");
        await Eventually.TrueAsync(() => client.Results.Count == 1, "the first line is answered");
        pair.Channel.Pause();
        client.Write("/찾기 둘\n/찾기 셋\n");

        // The kernel may hand the first request to the reader that is stopped; the second one then lies in the queue.
        var requests = new RawQueue(pair.Keys.RequestQueueId!.Value);
        await Eventually.TrueAsync(() => requests.TryReceive(RequestType) is not null, "the lines are under way");
        await pair.Chat.KillAsync();
        pair.Channel.Resume();
        _ = pair.LaunchChat();
        await pair.ReadyAsync();
        await Eventually.TrueAsync(() => client.Results.Count == 3, "the lines have ended");
        client.Write("/찾기 넷\n");

        Assert.Equal(4, await client.EndAsync());
        Assert.Equal(["ok", "unknown", "unknown", "ok"], client.Results.Select(static result => Text(result, "outcome")));
        Assert.Equal("session_lost", Text(client.Results[1], "code"));
        Assert.Equal(["/찾기 하나", "/찾기 둘", "/찾기 셋", "/찾기 넷"], client.Results.Select(static result => Text(result, "line")));
        await pair.StopCleanlyAsync();
    }

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? string.Empty : string.Empty;
}
