using System.Tests.Support;
using Testing.Support.Waiting;

namespace System.Tests.Operations;

/// <summary>What the daemons say of their health, over HTTP and by their own command, while they run and while something is wrong.</summary>
public sealed class HealthTests : IDisposable
{
    private const int Ready = 0;
    private const int NotReady = 1;
    private const int BadConfiguration = 2;
    private const int CannotReach = 3;

    // On a busy machine an answer may take long, and it is not time that is tested here.
    private readonly ServerPair _pair = new("--Ops:TimeoutMs=20000");

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Health_BothRun_IsReadyAndTheSocketsGoWithTheDaemons()
    {
        await _pair.StartBothAsync();

        Assert.Equal((Ready, "chatD is ready\n", string.Empty), await _pair.RunAsync("ChatD", "--health"));
        Assert.Equal((Ready, "channelD is ready\n", string.Empty), await _pair.RunAsync("ChannelD", "--health"));
        foreach (string daemon in (string[])["chatd", "channeld"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_pair.SocketOf(daemon)));
            Assert.Equal((200, "alive\n"), Of(await _pair.GetAsync(daemon, "/healthz")));
            (int status, string body, _) = await _pair.GetAsync(daemon, "/readyz");
            Assert.Equal(200, status);
            Assert.EndsWith("\"instance\":0,\"ready\":true,\"notReady\":[]}\n", body, StringComparison.Ordinal);
            Assert.Equal(404, (await _pair.GetAsync(daemon, "/nothing")).Status);
        }

        await _pair.StopCleanlyAsync();
        Assert.False(File.Exists(_pair.SocketOf("chatd")));
        Assert.False(File.Exists(_pair.SocketOf("channeld")));
        Assert.Equal(CannotReach, (await _pair.RunAsync("ChatD", "--health")).ExitCode);
    }

    [Fact]
    public async Task Health_ChatWithoutChannel_IsNotReadyUntilItComes()
    {
        _ = _pair.LaunchChat();
        await _pair.Chat.HasPrintedAsync("[1200] chatD");

        (int status, string body, _) = await _pair.GetAsync("chatd", "/readyz");
        Assert.Equal(503, status);
        Assert.Contains("\"name\":\"channel\"", body, StringComparison.Ordinal);
        (int exitCode, string output, _) = await _pair.RunAsync("ChatD", "--health");
        Assert.Equal(NotReady, exitCode);
        Assert.StartsWith("chatD is not ready: channel: ", output, StringComparison.Ordinal);
        Assert.Equal(200, (await _pair.GetAsync("chatd", "/healthz")).Status);

        _ = _pair.LaunchChannel();
        await _pair.ReadyAsync();
        Assert.Equal(Ready, (await _pair.RunAsync("ChatD", "--health")).ExitCode);
    }

    [Fact]
    public async Task Health_ChannelStandsStill_IsNotReadyAndReadyAgain()
    {
        await _pair.StartBothAsync(chat: ["--Ipc:LeaseMs=1500"]);
        _pair.Channel.Pause();

        Assert.Equal(CannotReach, (await _pair.RunAsync("ChannelD", "--health", "--Ops:TimeoutMs=200")).ExitCode);
        await EventuallyAsync(NotReady);
        _pair.Channel.Resume();

        await EventuallyAsync(Ready);
        Assert.Equal(Ready, (await _pair.RunAsync("ChannelD", "--health")).ExitCode);
    }

    [Fact]
    public async Task Health_DaemonWasKilled_CannotBeReachedAndTheNextOneReplacesItsSocket()
    {
        await _pair.StartBothAsync();
        await _pair.Channel.KillAsync();

        Assert.True(File.Exists(_pair.SocketOf("channeld")));
        Assert.Equal(CannotReach, (await _pair.RunAsync("ChannelD", "--health")).ExitCode);
        _ = _pair.LaunchChannel();
        await _pair.ChannelRunsAsync();
        Assert.Equal(Ready, (await _pair.RunAsync("ChannelD", "--health")).ExitCode);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("struct")]
    public async Task Health_OnTheWiresOfCPrograms_IsReady(string wire)
    {
        using ServerPair pair = await ServerPair.StartAsync($"--Ipc:Wire={wire}", "--Ipc:SingleQueue=true", "--Ops:TimeoutMs=20000");

        Assert.Equal(Ready, (await pair.RunAsync("ChatD", "--health")).ExitCode);
        Assert.Equal(Ready, (await pair.RunAsync("ChannelD", "--health")).ExitCode);
    }

    [Fact]
    public async Task Health_BadConfigurationOrOff_Exits2()
    {
        Assert.Equal(BadConfiguration, (await _pair.RunAsync("ChatD", "--health", "--Chat:Instance=999")).ExitCode);
        (int exitCode, _, string error) = await _pair.RunAsync("ChatD", "--health", "--Ops:Listen=off");
        Assert.Equal(BadConfiguration, exitCode);
        Assert.Contains("Ops:Listen", error, StringComparison.Ordinal);
    }

    private static (int Status, string Body) Of((int Status, string Body, Net.Http.Headers.MediaTypeHeaderValue? Type) answer) => (answer.Status, answer.Body);

    private async Task EventuallyAsync(int exitCode)
    {
        using CancellationTokenSource deadline = new(Eventually.DefaultDeadline);
        while ((await _pair.RunAsync("ChatD", "--health")).ExitCode != exitCode)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
