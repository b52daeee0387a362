using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Tests.Support;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;
using Testing.Support.Users;

namespace System.Tests.Starting;

/// <summary>What keeps a daemon from starting, and how it says so: exit codes 2 and 3, and a line that tells what to do.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int BadConfiguration = 2;
    private const int ResourceRefused = 3;

    private readonly ServerPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [RequiresRootFact(compilesC: true)]
    public async Task Start_QueueOfAnotherUser_Exits3AndNamesUidAndKey()
    {
        using var folder = new TempFolder();
        string squatter = await CCompiler.CompileFileAsync(folder, CPrograms.CSource.Path("squatter"));
        await ProcessOutput.ReadAsync(squatter, Invariant(_pair.Keys.RequestKey));
        int squatted = _pair.Keys.RequestQueueId!.Value;

        foreach (DaemonProcess daemon in (DaemonProcess[])[_pair.LaunchChannel(), _pair.LaunchChat()])
        {
            Assert.Equal(ResourceRefused, await daemon.ExitAsync());
            Assert.Contains("uid 65534", daemon.Error, StringComparison.Ordinal);
            Assert.Contains($"key {_pair.Keys.RequestKey}", daemon.Error, StringComparison.Ordinal);
            Assert.Contains("ipcrm -Q", daemon.Error, StringComparison.Ordinal);
        }

        // It is not ours to remove.
        Assert.Equal(squatted, _pair.Keys.RequestQueueId);
        Assert.Null(_pair.Keys.ResultQueueId);
        Assert.Null(_pair.Keys.SemaphoreSetId);
    }

    [Fact]
    public async Task Start_QueueThatAnyoneMayWrite_Exits3AndNamesTheMode()
    {
        RawQueue.OpenOrCreate(_pair.Keys.RequestKey, mode: 0x1B6);
        DaemonProcess channel = _pair.LaunchChannel();

        Assert.Equal(ResourceRefused, await channel.ExitAsync());
        Assert.Contains("has mode 0666; it must have 0600", channel.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BadConfiguration_Exits2WithAllFaultsAndTouchesNothing()
    {
        DaemonProcess chat = _pair.LaunchChat(
            "--Ipc:SingleQueue=true", "--Ipc:ResultKey=77", "--Ipc:RequestTimeoutMs=5", "--Chat:MaxFrameByte=1", "--Chat:Listen=nowhere");

        Assert.Equal(BadConfiguration, await chat.ExitAsync());
        Assert.Contains("Ipc:SingleQueue", chat.Error, StringComparison.Ordinal);
        Assert.Contains("Ipc:ResultKey", chat.Error, StringComparison.Ordinal);
        Assert.Contains("77", chat.Error, StringComparison.Ordinal);
        Assert.Contains("Ipc:RequestTimeoutMs", chat.Error, StringComparison.Ordinal);
        Assert.Contains("Chat:MaxFrameBytes", chat.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere", chat.Error, StringComparison.Ordinal);
        Assert.True(_pair.Keys.AreUnused);

        DaemonProcess channel = _pair.LaunchChannel("--Channel:Id=0", "--Ipc:Wire=text");
        Assert.Equal(BadConfiguration, await channel.ExitAsync());
        Assert.Contains("Channel:Id", channel.Error, StringComparison.Ordinal);
        Assert.Contains("Ipc:SingleQueue=true", channel.Error, StringComparison.Ordinal);
        Assert.True(_pair.Keys.AreUnused);
    }

    [Fact]
    public async Task Start_PortInUse_Exits3AndNamesItAndLeavesNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        DaemonProcess chat = _pair.LaunchChat($"--Chat:Listen=127.0.0.1:{port}");

        Assert.Equal(ResourceRefused, await chat.ExitAsync());
        Assert.Contains(Invariant(port), chat.Error, StringComparison.Ordinal);
        Assert.True(_pair.Keys.AreUnused);
    }

    [Fact]
    public async Task Start_SocketPathInUse_Exits3AndTheListenerKeepsIt()
    {
        using ServerPair other = await ServerPair.StartAsync();
        DaemonProcess chat = _pair.LaunchChat($"--Chat:Listen=unix:{other.SocketPath}");

        Assert.Equal(ResourceRefused, await chat.ExitAsync());
        Assert.Contains(other.SocketPath, chat.Error, StringComparison.Ordinal);
        await using TestPlayer player = await other.LogInAsync("여전히");
        Assert.Equal("same_map", (await player.AskAsync("/찾기 여전히")).Code);
    }

    [Fact]
    public async Task Start_SocketPathIsAFile_Exits3AndTheFileStays()
    {
        await File.WriteAllTextAsync(_pair.SocketPath, "mine");
        DaemonProcess chat = _pair.LaunchChat();

        Assert.Equal(ResourceRefused, await chat.ExitAsync());
        Assert.Equal("mine", await File.ReadAllTextAsync(_pair.SocketPath));
    }

    [Fact]
    public async Task Start_SecondOfTheSameNumber_Exits3AndNamesTheFirst()
    {
        await _pair.StartBothAsync();
        DaemonProcess channel = _pair.Channel;
        DaemonProcess chat = _pair.Chat;

        DaemonProcess secondChannel = _pair.LaunchChannel();
        DaemonProcess secondChat = _pair.LaunchChat();

        Assert.Equal(ResourceRefused, await secondChannel.ExitAsync());
        Assert.Contains($"process {channel.Id} ", secondChannel.Error, StringComparison.Ordinal);
        Assert.Equal(ResourceRefused, await secondChat.ExitAsync());
        Assert.Contains($"process {chat.Id} ", secondChat.Error, StringComparison.Ordinal);

        // The first ones do not notice.
        await using TestPlayer player = await _pair.LogInAsync("처음이");
        Assert.Equal("same_map", (await player.AskAsync("/찾기 처음이")).Code);
        await player.DisposeAsync();
        Assert.Equal(0, (await chat.StopAsync()).ExitCode);
        Assert.Equal(0, (await channel.StopAsync()).ExitCode);
        Assert.True(_pair.Keys.AreUnused);
    }

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}
