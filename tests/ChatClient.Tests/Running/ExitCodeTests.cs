using System.Diagnostics;
using System.Globalization;
using ChatClient.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace ChatClient.Tests.Running;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("--name is required|--name", new string[0])]
    [InlineData("HOST:PORT", new[] { "--name", "가", "--server", "nowhere" })]
    [InlineData("from 1 to 65535", new[] { "--name", "가", "--server", "nowhere:0" })]
    [InlineData("107 bytes", new[] { "--name", "가", "--server", "unix:/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })]
    [InlineData("--channel", new[] { "--name", "가", "--channel", "0" })]
    [InlineData("ko or en", new[] { "--name", "가", "--lang", "fr" })]
    [InlineData("--wait", new[] { "--name", "가", "--wait", "-1" })]
    [InlineData("--name", new[] { "--name", " " })]
    [InlineData("--bogus", new[] { "--name", "가", "--bogus" })]
    public async Task Run_WrongUsage_Exits2AndSaysWhat(string expected, string[] arguments)
    {
        using var client = new ClientProcess(arguments);

        Assert.Equal(2, await client.EndAsync());
        Assert.Contains(expected.Split('|')[^1], client.Error, StringComparison.Ordinal);
        Assert.Contains("Example:", client.Error, StringComparison.Ordinal);
        Assert.Empty(client.Output);
    }

    [Theory]
    [InlineData("--help", "--connect-timeout")]
    [InlineData("--version", ".")]
    public async Task Run_HelpOrVersion_Exits0AndPrintsIt(string argument, string expected)
    {
        using var client = new ClientProcess(argument);

        Assert.Equal(0, await client.EndAsync());
        Assert.Contains(expected, client.Output, StringComparison.Ordinal);
        Assert.Empty(client.Error);
    }

    [Fact]
    public async Task Run_NobodyListens_Exits3AndNamesTheServer()
    {
        using var folder = new TempFolder();
        using var client = new ClientProcess("--name", "가", "--server", $"unix:{folder.File("s")}", "--connect-timeout", "0.3");

        Assert.Equal(3, await client.EndAsync());
        Assert.Contains(folder.File("s"), client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerComesLater_ConnectsWithinTheTimeout()
    {
        using var folder = new TempFolder();
        using var client = new ClientProcess("--name", "가", "--server", $"unix:{folder.File("s")}", "--connect-timeout", "60");
        client.Write("하나\n");
        await Task.Delay(500);
        await using var server = new FakeChatD(static player => player.EchoAsync(), folder.File("s"));

        Assert.Equal(0, await client.EndAsync());
        Assert.Contains("✓ 하나", client.Lines);
    }

    [Fact]
    public async Task Run_LogInRefused_Exits3WithTheReasonEscaped()
    {
        await using var server = new FakeChatD(static async player =>
        {
            await player.ReceiveAsync();
            await player.SendAsync(new ServerRefused("name_in_use", "이미 접속 중\u001b[2J입니다."));
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString());

        Assert.Equal(3, await client.EndAsync());
        Assert.Contains("이미 접속 중\\u001b[2J입니다. [name_in_use]", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LogInRefusedAndTheServerDoesNotClose_Exits3AllTheSame()
    {
        await using var server = new FakeChatD(async player =>
        {
            await player.ReceiveAsync();
            await player.SendAsync(new ServerRefused("name_in_use", "이미 접속 중입니다."));

            // Comes back when the client closes, or never.
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString(), "--connect-timeout", "60");

        Assert.Equal(3, await client.EndAsync());
        Assert.Contains("[name_in_use]", client.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OutcomeCodes.PeerDown)]
    [InlineData("server_busy")]
    public async Task Run_ServerNotReadyAtFirst_TriesAgain(string code)
    {
        int attempts = 0;
        await using var server = new FakeChatD(async player =>
        {
            if (Interlocked.Increment(ref attempts) < 3)
            {
                await player.ReceiveAsync();
                await player.SendAsync(new ServerRefused(code, "잠시 후"));
                return;
            }

            await player.EchoAsync();
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString(), "--connect-timeout", "60");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(3, attempts);
    }

    [Theory]
    [InlineData(OutcomeKind.Ok, 0, "✓ 답")]
    [InlineData(OutcomeKind.Error, 0, "✗ 답 [error: c]")]
    [InlineData(OutcomeKind.Busy, 4, "~ 답 [busy, not done: c]")]
    [InlineData(OutcomeKind.Unknown, 4, "? 답 [unknown whether done: c]")]
    public async Task Run_Outcome_DecidesExitCodeAndSign(OutcomeKind outcome, int exitCode, string shown)
    {
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await player.ReceiveAsync();
            await player.SendAsync(new ServerResult(player.Line.LineId, 9, "find", outcome, "c", "답", []));
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(exitCode, await client.EndAsync());
        Assert.Equal(["# 어서 오세요.", shown], client.Lines);
    }

    [Fact]
    public async Task Run_ServerDiesMidway_OutstandingLinesEndUnknownAndExits4()
    {
        await using var server = new FakeChatD(static async player =>
        {
            await player.AcceptLogInAsync();
            for (int i = 0; i < 3; i++)
            {
                await player.ReceiveAsync();
            }

            await player.SendAsync(new ServerResult(1, 1, "find", OutcomeKind.Ok, "same_map", "첫째", []));
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString(), "--json");
        client.Write("하나\n둘\n셋\n");

        Assert.Equal(4, await client.ExitAsync());
        Assert.Equal(["ok", "unknown", "unknown"], client.Results.Select(static r => r.GetProperty("outcome").GetString()));
        Assert.Equal(["하나", "둘", "셋"], client.Results.Select(static r => r.GetProperty("line").GetString()));
        Assert.Contains("lost", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AnswerMissingAtTheEnd_WaitsThenEndsUnknownAndExits4()
    {
        await using var server = new FakeChatD(static async player =>
        {
            await player.AcceptLogInAsync();
            while (await player.ReceiveAsync() != 0)
            {
            }
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString(), "--json", "--wait", "0.5");
        client.Write("하나\n");

        Assert.Equal(4, await client.EndAsync());
        Assert.Equal("not_answered", Assert.Single(client.Results).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Run_AnswerLateAfterEndOfInput_IsWaitedFor()
    {
        using var mayAnswer = new SemaphoreSlim(0);
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await player.ReceiveAsync();
            Assert.Equal(MessageTypes.ClientBye, await player.ReceiveAsync());
            await mayAnswer.WaitAsync(player.Stop);
            await player.AnswerAsync(player.Line);
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString());
        client.Write("하나\n");
        client.EndInput();
        await Task.Delay(300);
        mayAnswer.Release();

        Assert.Equal(0, await client.ExitAsync());
        Assert.Contains("✓ 네.", client.Lines);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Run_SignalWithAllAnswered_SaysFarewellAndExits0(string signal)
    {
        int farewell = 0;
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            Assert.Equal(MessageTypes.ClientLine, await player.ReceiveAsync());
            await player.AnswerAsync(player.Line);
            Interlocked.Exchange(ref farewell, await player.ReceiveAsync());
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString());
        client.Write("하나\n");
        await Eventually.TrueAsync(() => client.Lines.Contains("✓ 네."), "the line is answered");
        using (Process kill = Process.Start("kill", [$"-{signal}", client.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        }

        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal(MessageTypes.ClientBye, farewell);
    }

    [Fact]
    public async Task Run_SignalWithAnswerDue_EndsItUnknownAndExits4()
    {
        using var isThere = new SemaphoreSlim(0);
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await player.ReceiveAsync();
            isThere.Release();
            while (await player.ReceiveAsync() != 0)
            {
            }
        });
        using var client = new ClientProcess("--name", "가", "--server", server.Address.ToString(), "--json");
        client.Write("하나\n");
        await isThere.WaitAsync(Eventually.DefaultDeadline);
        using (Process kill = Process.Start("kill", ["-TERM", client.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        }

        Assert.Equal(4, await client.ExitAsync());
        Assert.Equal("unknown", Assert.Single(client.Results).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Run_StandardOutputClosed_EndsWithoutReadingOn()
    {
        await using var server = new FakeChatD(static player => player.EchoAsync());
        string client = Path.Combine(AppContext.BaseDirectory, "ChatClient.dll");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"yes | dotnet '{client}' --name 가 --server {server.Address} | head -n 1; echo \"exit ${{PIPESTATUS[1]}}\"");
        using var shell = Process.Start(start)!;
        string output = await shell.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.DefaultDeadline);

        Assert.Matches("^# 어서 오세요.\nexit [04]\n$", output);
    }
}
