using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatClient.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace ChatClient.Tests.Running;

public sealed class ConversationTests
{
    [Fact]
    public async Task LogIn_AllOptions_ReachTheServer()
    {
        var logIn = new TaskCompletionSource<ClientLogIn>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FakeChatD(async player =>
        {
            await player.EchoAsync();
            logIn.SetResult(player.LogIn);
        });
        using var client = new ClientProcess(
            "--name", "타락파워전사", "--channel", "3", "--map", "엘리니아", "--lang", "en", "--server", server.Address.ToString());

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(
            new ClientLogIn(PlayerProtocol.Version, "타락파워전사", 3, "엘리니아", Language.English),
            (await logIn.Task.WaitAsync(Eventually.DefaultDeadline)) with { ResumeToken = null });
    }

    [Fact]
    public async Task Json_ResultEventAndNotice_HaveTheContractsShape()
    {
        await using var server = new FakeChatD(static async player =>
        {
            await player.AcceptLogInAsync();
            await player.ReceiveAsync();
            await player.SendAsync(new ServerEvent("heard", "가: 나", ["가", "나"], "whisper", "가", 1));
            await player.SendAsync(new ServerNotice("stopping", "곧 멈춥니다."));
            await player.SendAsync(new ServerResult(player.Line.LineId, 18446744073709551615, "find", OutcomeKind.Ok, "same_map", "네", ["헤네시스"]));
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("/찾기 타락파워전사\n");

        Assert.Equal(0, await client.EndAsync());
        IReadOnlyList<JsonElement> lines = client.Json;
        Assert.Equal(["notice", "event", "notice", "result"], lines.Select(static line => line.GetProperty("type").GetString()));
        Assert.Equal("{\"type\":\"event\",\"room\":\"whisper\",\"code\":\"heard\",\"sender\":\"가\",\"number\":1,\"text\":\"가: 나\",\"arguments\":[\"가\",\"나\"]}",
            client.Lines[1]);
        Assert.Equal("{\"type\":\"notice\",\"code\":\"stopping\",\"text\":\"곧 멈춥니다.\"}", client.Lines[2]);
        JsonElement result = lines[3];
        Assert.Equal(
            ["type", "line", "command", "requestId", "outcome", "code", "text", "arguments", "elapsedUs"],
            result.EnumerateObject().Select(static property => property.Name));
        Assert.Equal("/찾기 타락파워전사", result.GetProperty("line").GetString());
        Assert.Equal("18446744073709551615", result.GetProperty("requestId").GetString());
        Assert.True(result.GetProperty("elapsedUs").GetInt64() > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_ControlCharactersFromTheServer_AreNeverPrinted(bool json)
    {
        const string Hostile = "가\u0000\u0007\u001b]0;x\u0007\u007f\u0085\u009b31m\u00ad\u200e\u202e\u2028\u2029\u2066\ufeff나";
        await using var server = new FakeChatD(static async player =>
        {
            await player.AcceptLogInAsync();
            await player.ReceiveAsync();
            await player.SendAsync(new ServerEvent(Hostile, Hostile, [Hostile]));
            await player.SendAsync(new ServerNotice(Hostile, Hostile));
            await player.SendAsync(new ServerResult(player.Line.LineId, 1, Hostile, OutcomeKind.Error, Hostile, Hostile, [Hostile]));
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess(["--name", "가", "--server", server.Address.ToString(), .. json ? ["--json"] : Array.Empty<string>()]);
        client.Write("하나\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(4, client.Lines.Length);
        Assert.DoesNotContain(client.Output, static character => character != '\n' && CharUnicodeInfo.GetUnicodeCategory(character)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.Contains("\\u001b", client.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("나", client.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_Many_ArePipelinedAndAnsweredInOrder()
    {
        const int Count = 5000;
        await using var server = new FakeChatD(static async player =>
        {
            // Nothing is answered before many have come: one at a time would never get anywhere.
            await player.AcceptLogInAsync();
            var waiting = new Queue<ClientLine>();
            while (await player.ReceiveAsync() == MessageTypes.ClientLine)
            {
                waiting.Enqueue(player.Line);
                while (waiting.Count == 500)
                {
                    while (waiting.TryDequeue(out ClientLine line))
                    {
                        await player.AnswerAsync(line, line.Text);
                    }
                }
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write(string.Concat(Enumerable.Range(0, Count).Select(static i => $"줄 {i}\n")));

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => $"줄 {i}"), client.Results.Select(static r => r.GetProperty("text").GetString()));
        Assert.Equal(client.Results.Select(static r => r.GetProperty("line").GetString()), client.Results.Select(static r => r.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Lines_Unanswered_AreHeldBackAtTheBound()
    {
        int received = 0;
        using var mayGoOn = new SemaphoreSlim(0);
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            var waiting = new Queue<ClientLine>();
            for (; received < 1024; received++)
            {
                Assert.Equal(MessageTypes.ClientLine, await player.ReceiveAsync());
                waiting.Enqueue(player.Line);
            }

            Task<int> next = player.ReceiveAsync();
            await mayGoOn.WaitAsync(player.Stop);
            Assert.False(next.IsCompleted);
            while (waiting.TryDequeue(out ClientLine line))
            {
                await player.AnswerAsync(line);
            }

            while (await next == MessageTypes.ClientLine)
            {
                await player.AnswerAsync(player.Line);
                next = player.ReceiveAsync();
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write(string.Concat(Enumerable.Range(0, 2000).Select(static i => $"{i}\n")));
        await Eventually.TrueAsync(() => received == 1024, "1024 lines have come");
        await Task.Delay(300);
        mayGoOn.Release();

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(2000, client.Results.Count);
        Assert.Null(server.Failure);
    }

    [Fact]
    public async Task Lines_InvalidUtf8_AreRefusedHereInTheirPlace()
    {
        await using var server = new FakeChatD(static player => player.EchoAsync());
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write([.. "\ufeff하나\r\n"u8, 0xFF, 0xFE, (byte)'\n', .. "둘\0셋\n\n끝"u8]);

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(["하나", "��", "둘\0셋", "", "끝"], client.Results.Select(static r => r.GetProperty("line").GetString()));
        Assert.Equal(["ok", "error", "ok", "ok", "ok"], client.Results.Select(static r => r.GetProperty("outcome").GetString()));
        Assert.Equal("invalid_utf8", client.Results[1].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Lines_Ping_IsAnsweredBetweenThem()
    {
        await using var server = new FakeChatD(static async player =>
        {
            await player.AcceptLogInAsync();
            await player.SendAsync(new ServerPing());
            Assert.Equal(MessageTypes.ClientPong, await player.ReceiveAsync());
            await player.SendAsync(new ServerNotice("pong", "받았습니다."));
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString());
        await Eventually.TrueAsync(() => client.Lines.Contains("# 받았습니다."), "the pong has come");

        Assert.Equal(0, await client.EndAsync());
        Assert.Null(server.Failure);
    }

    [Fact]
    public async Task Lines_AnsweredOutOfOrder_EndTheConnection()
    {
        await using var server = new FakeChatD(static async player =>
        {
            await player.AcceptLogInAsync();
            await player.ReceiveAsync();
            ClientLine first = player.Line;
            await player.ReceiveAsync();
            await player.AnswerAsync(player.Line);
            await player.AnswerAsync(first);
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n둘\n");

        Assert.Equal(4, await client.ExitAsync());
        Assert.Contains("answered line 2", client.Error, StringComparison.Ordinal);
        Assert.All(client.Results, static result => Assert.Equal("unknown", result.GetProperty("outcome").GetString()));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 1, 0xC1 })]
    [InlineData(new byte[] { 0, 0, 0, 3, 0x92, 82, 0xDB })]
    [InlineData(new byte[] { 0, 0, 0, 9, 0x91 })]
    public async Task Receive_WhatIsNoFrame_IsALostConnection(byte[] bytes)
    {
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await player.ReceiveAsync();
            await player.SendBytesAsync(bytes);
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(4, await client.ExitAsync());
        Assert.Equal("connection_lost", Assert.Single(client.Results).GetProperty("code").GetString());
        Assert.Contains("lost", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_RandomBytes_AreEachAnsweredOnce()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        byte[] rubbish = new byte[100_000];
        random.NextBytes(rubbish);
        rubbish[^1] = (byte)'\n';
        int lines = rubbish.Count(static value => value == (byte)'\n');
        using var folder = new TempFolder();
        await using var server = new FakeChatD(static player => player.EchoAsync(), folder.File("s"));
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write(rubbish);

        Assert.True(await client.EndAsync() == 0, $"seed {seed}: {client.Error}");
        Assert.True(client.Results.Count == lines, $"seed {seed}: {client.Results.Count} results for {lines} lines");
    }

    [Fact]
    public async Task Lines_LongerThanThisClientReads_AreRefusedHere()
    {
        await using var server = new FakeChatD(static player => player.EchoAsync());
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write(Encoding.UTF8.GetBytes(new string('x', 3 * 1024 * 1024) + "\n끝\n"));

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(["line_too_long", "same_map"], client.Results.Select(static r => r.GetProperty("code").GetString()));
    }
}
