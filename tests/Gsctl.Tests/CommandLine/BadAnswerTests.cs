using Gsctl.CommandLine;
using Gsctl.Tests.Support;
using Testing.Support.Waiting;

namespace Gsctl.Tests.CommandLine;

/// <summary>What a daemon of another version, or something else at its socket, may answer: gsctl ends, and says so.</summary>
public sealed class BadAnswerTests
{
    [Theory]
    [InlineData("status")]
    [InlineData("who")]
    [InlineData("find 단풍이")]
    [InlineData("top --once --interval 0.2")]
    [InlineData("trace 단풍이")]
    [InlineData("kick 단풍이")]
    [InlineData("mute 단풍이 5 이유")]
    [InlineData("unmute 단풍이")]
    [InlineData("drain --all")]
    public async Task Run_AnswerThatDoesNotFit_EndsAndSaysWho(string arguments)
    {
        foreach (string body in new[] { "{}", "[]", "null", "1", "nonsense", "\0", """{"sessions":null}""", """{"sessions":[null],"instance":0,"total":1}""", """{"at":1}""" })
        {
            await using var daemon = new FakeDaemon(body + "\n");
            (int exitCode, string error) = await RunAsync([.. arguments.Split(' '), "--socket", daemon.SocketPath]);
            Assert.NotEqual(ExitCodes.Done, exitCode);
            Assert.Contains(daemon.SocketPath, error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Trace_LineWithoutEnd_EndsAndSaysWho()
    {
        await using var daemon = new FakeDaemon(new string('x', 10_000), endless: true);
        (int exitCode, string error) = await RunAsync(["trace", "단풍이", "--socket", daemon.SocketPath]);
        Assert.Equal(ExitCodes.CannotReach, exitCode);
        Assert.Contains("longer than", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_TheSameSocketTwice_IsOne()
    {
        await using var daemon = new FakeDaemon("{}");
        (int exitCode, string error) = await RunAsync(["top", "--once", "--interval", "0.2", "--socket", daemon.SocketPath, "--socket", daemon.SocketPath]);
        Assert.Equal(ExitCodes.CannotReach, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await GsctlProgram.RunAsync(arguments, output, error, CancellationToken.None).WaitAsync(Eventually.DefaultDeadline);
        return (exitCode, error.ToString());
    }
}
