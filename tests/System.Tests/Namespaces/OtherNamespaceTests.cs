using System.Globalization;
using System.Tests.Support;
using Testing.Support.Namespaces;
using Testing.Support.Processes;

namespace System.Tests.Namespaces;

/// <summary>Daemons of one key in two IPC namespaces, where neither sees the other's queues.</summary>
public sealed class OtherNamespaceTests : IDisposable
{
    private const int ResourceRefused = 3;

    private readonly ServerPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [RequiresIpcNamespaceTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_OtherDaemonLivesElsewhere_Exits3AndNamesBothNamespaces(bool isChannelFirst)
    {
        using IpcNamespace elsewhere = await IpcNamespace.MakeAsync();
        DaemonProcess first = Launch(isChannelFirst);
        await first.HasPrintedAsync("[1200]");

        _pair.Launcher = elsewhere.Enter();
        DaemonProcess second = Launch(!isChannelFirst);
        Assert.Equal(ResourceRefused, await second.ExitAsync());
        Assert.Contains($"namespace {IpcNamespace.InodeOf(first.Id)}", second.Error, StringComparison.Ordinal);
        Assert.Contains($"is in {elsewhere.Inode}", second.Error, StringComparison.Ordinal);
        Assert.Contains($"process {first.Id} ", second.Error, StringComparison.Ordinal);
        Assert.Contains("`ipc: service:NAME`", second.Error, StringComparison.Ordinal);
        Assert.Contains("`PrivateIPC=no`", second.Error, StringComparison.Ordinal);

        // In the right one it starts, and the first has not noticed.
        _pair.Launcher = [];
        _ = Launch(!isChannelFirst);
        await _pair.ReadyAsync();
        await _pair.StopCleanlyAsync();
        Assert.Empty(Directory.GetFiles(_pair.RuntimeFolder, "*.beacon"));
    }

    [RequiresIpcNamespaceFact]
    public async Task Start_OtherDaemonWasKilledElsewhere_ItsBeaconIsNotBelieved()
    {
        using IpcNamespace elsewhere = await IpcNamespace.MakeAsync();
        _pair.Launcher = elsewhere.Enter();
        _ = _pair.LaunchChannel();
        await _pair.ChannelRunsAsync();
        await _pair.Channel.KillAsync();
        Assert.NotEmpty(Directory.GetFiles(_pair.RuntimeFolder, "*.beacon"));

        _pair.Launcher = [];
        await _pair.StartBothAsync();
        await _pair.StopCleanlyAsync();
        Assert.Empty(Directory.GetFiles(_pair.RuntimeFolder, "*.beacon"));
    }

    /// <summary>As when the container that shares its namespace is restarted: who joins it anew is elsewhere than who stayed.</summary>
    [RequiresIpcNamespaceFact]
    public async Task Restart_NamespaceWasReplaced_IsRefusedUntilBothAreInTheNewOne()
    {
        using IpcNamespace before = await IpcNamespace.MakeAsync();
        using IpcNamespace after = await IpcNamespace.MakeAsync();
        _pair.Launcher = before.Enter();
        await _pair.StartBothAsync();
        DaemonProcess chat = _pair.Chat;
        await _pair.Channel.KillAsync();

        _pair.Launcher = after.Enter();
        Assert.Equal(ResourceRefused, await _pair.LaunchChannel().ExitAsync());
        Assert.Contains(before.Inode.ToString(CultureInfo.InvariantCulture), _pair.Channel.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await chat.StopAsync()).ExitCode);
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("돌아온이");
        Assert.Equal("same_map", (await player.AskAsync("/찾기 돌아온이")).Code);
    }

    [Fact]
    public async Task Start_RuntimeFolderCannotBeMade_StartsAndSaysSoOnce()
    {
        await _pair.StartBothAsync(channel: ["--Ipc:RuntimeFolder=/proc/gameservers"], chat: ["--Ipc:RuntimeFolder=/proc/gameservers"]);
        await _pair.StopCleanlyAsync();
        foreach (DaemonProcess daemon in (DaemonProcess[])[_pair.Channel, _pair.Chat])
        {
            Assert.Single(daemon.Lines, line => line.Contains("[1252]", StringComparison.Ordinal) && line.Contains("/proc/gameservers", StringComparison.Ordinal));
        }
    }

    private DaemonProcess Launch(bool isChannel) => isChannel ? _pair.LaunchChannel() : _pair.LaunchChat();
}
