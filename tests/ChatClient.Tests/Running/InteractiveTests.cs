using System.Collections.Concurrent;
using ChatClient.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Testing.Support.Folders;
using Testing.Support.Waiting;

namespace ChatClient.Tests.Running;

public sealed class InteractiveTests
{
    private const string Left = "\u001b[D";
    private const string Up = "\u001b[A";
    private const string ControlC = "\u0003";
    private const string ControlD = "\u0004";

    [PythonFact]
    public async Task Prompt_EditedLine_IsSentAndAnsweredAndKeptInTheHistory()
    {
        using var folder = new TempFolder();
        var lines = new ConcurrentQueue<string>();
        await using FakeChatD server = Recording(lines);
        using (var client = new TerminalClient(folder.Path, 60, "--name", "나", "--server", server.Address.ToString()))
        {
            await client.SeesAsync("나> ");
            client.Type("/찾기 타락전사" + Left + Left + "파워\r");
            await client.SeesAsync("\u001b[32m✓ /찾기 타락파워전사\u001b[0m");
            client.Type("둘\r" + Up + Up + "!\r");
            await client.SeesAsync("✓ /찾기 타락파워전사!");
            client.Type(ControlD);
            Assert.Equal(0, await client.ExitAsync());
        }

        Assert.Equal(["/찾기 타락파워전사", "둘", "/찾기 타락파워전사!"], lines);
        Assert.Equal(lines, await File.ReadAllLinesAsync(folder.File("chatclient/history")));

        using var again = new TerminalClient(folder.Path, 60, "--name", "나", "--server", server.Address.ToString());
        await again.SeesAsync("나> ");
        again.Type(Up + Up + "\r");
        await again.SeesAsync("✓ 둘");
        again.Type(ControlD);
        Assert.Equal(0, await again.ExitAsync());
    }

    [PythonFact]
    public async Task Prompt_EventWhileTyping_AppearsAboveTheHalfTypedLine()
    {
        using var folder = new TempFolder();
        using var mayTell = new SemaphoreSlim(0);
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await mayTell.WaitAsync(player.Stop);
            await player.SendAsync(new ServerEvent("said", "귓속말\u001b[2J", []));
            while (await player.ReceiveAsync() == MessageTypes.ClientLine)
            {
                await player.AnswerAsync(player.Line, player.Line.Text);
            }
        });
        using var client = new TerminalClient(folder.Path, 60, "--name", "나", "--no-history", "--server", server.Address.ToString());
        await client.SeesAsync("나> ");
        client.Type("반쯤 쓴");
        await client.SeesAsync("나> 반쯤 쓴\u001b[12G");
        mayTell.Release();
        await client.SeesAsync("\r\u001b[J\u001b[36m» 귓속말\\u001b[2J\u001b[0m\r\n나> 반쯤 쓴\u001b[12G");
        client.Type(" 줄\r");
        await client.SeesAsync("✓ 반쯤 쓴 줄");
        client.Type(ControlC + "가" + ControlC);
        await client.SeesAsync("Ctrl-C again");
        client.Type(ControlC);

        Assert.Equal(0, await client.ExitAsync());
        Assert.False(File.Exists(folder.File("chatclient/history")));
    }

    [PythonFact]
    public async Task Prompt_PastedRubbish_IsSurvived()
    {
        using var folder = new TempFolder();
        var lines = new ConcurrentQueue<string>();
        await using FakeChatD server = Recording(lines);
        using var client = new TerminalClient(folder.Path, 60, "--name", "나", "--server", server.Address.ToString());
        await client.SeesAsync("나> ");

        // Without what the terminal driver itself acts on (interrupt, quit, suspend, flow control) and the key that ends the input.
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        byte[] rubbish = [.. Enumerable.Range(0, 100_000).Select(_ => (byte)random.Next(256)).Where(static b => b is not (3 or 4 or 17 or 19 or 26 or 28))];
        client.Type(rubbish);
        client.Type("\u001b[201~\u001b[200~하나\r\n\0\u001b[31m둘\u001b[201~");
        client.Type("\u0015/찾기 생존\r");
        await Eventually.TrueAsync(() => lines.Contains("/찾기 생존"), $"the line after the rubbish has come (seed {seed})");
        client.Type(ControlD);

        Assert.Equal(0, await client.ExitAsync());
        Assert.All(lines, static line => Assert.DoesNotContain(line, char.IsControl));
    }

    [PythonFact]
    public async Task Prompt_ServerGone_EndsWithAMessage()
    {
        using var folder = new TempFolder();
        using var mayGo = new SemaphoreSlim(0);
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await mayGo.WaitAsync(player.Stop);
        });
        using var client = new TerminalClient(folder.Path, 60, "--name", "나", "--server", server.Address.ToString());
        await client.SeesAsync("나> ");
        mayGo.Release();

        Assert.Equal(4, await client.ExitAsync());
        Assert.Contains("was lost: the server closed it", client.Screen, StringComparison.Ordinal);
        Assert.Contains("\u001b[?2004l", client.Screen, StringComparison.Ordinal);
    }

    private static FakeChatD Recording(ConcurrentQueue<string> lines) => new(async player =>
    {
        await player.AcceptLogInAsync();
        while (await player.ReceiveAsync() == MessageTypes.ClientLine)
        {
            lines.Enqueue(player.Line.Text);
            await player.AnswerAsync(player.Line, player.Line.Text);
        }
    });
}
