using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace System.Tests.State;

/// <summary>What players were told is kept, through the whole of the real daemons.</summary>
public sealed class KeptStateTests
{
    private const int ResourceRefused = 3;

    private static readonly string[] s_shortLease = ["--Ipc:HeartbeatMs=100", "--Ipc:LeaseMs=1000"];

    [Fact]
    public async Task Kill_Channel_TheNextOneKnowsListsAndParty()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_shortLease);
        await using TestPlayer player = await pair.LogInAsync("지키는이");
        Assert.Equal("added", (await player.AskAsync("/차단 시끄러운이")).Code);
        Assert.Equal("added", (await player.AskAsync("/친구 추가 단짝")).Code);
        Assert.Equal("created", (await player.AskAsync("/파티 만들기")).Code);
        await pair.Channel.KillAsync();

        _ = pair.LaunchChannel();
        await pair.Chat.HasPrintedAsync("1 sessions announced");
        await using TestPlayer friend = await pair.LogInAsync("단짝");
        Assert.Equal(["1", "50", "시끄러운이"], (await player.AskAsync("/차단 목록")).Arguments);
        Assert.Equal(["1", "50", "단짝(1)"], (await player.AskAsync("/친구 목록")).Arguments);
        Assert.Equal("invited", (await player.AskAsync("/파티 초대 단짝")).Code);
        Assert.Equal("joined", (await friend.AskAsync("/파티 수락")).Code);
        ServerResult party = await player.AskAsync("/파티 목록");
        Assert.Equal(["2", "6", "지키는이", "지키는이(1), 단짝(1)"], party.Arguments);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Start_FileThatIsNoStore_Exits3AndSaysWhatToDo()
    {
        using var folder = new TempFolder();
        string path = folder.File("state.db");
        await File.WriteAllTextAsync(path, new string('x', 5000));
        using var pair = new ServerPair();
        DaemonProcess channel = pair.LaunchChannel($"--Channel:StateFile={path}");
        Assert.Equal(ResourceRefused, await channel.ExitAsync());
        Assert.Contains(path, channel.Error, StringComparison.Ordinal);
        Assert.Contains("Channel:StateFile", channel.Error, StringComparison.Ordinal);
        Assert.True(pair.Keys.AreUnused);
    }

    [Fact]
    public async Task Start_PostgresThatIsNotThere_Exits3WithoutThePassword()
    {
        using var pair = new ServerPair();
        DaemonProcess channel = pair.LaunchChannel("--Channel:State=postgres", $"--Channel:StateConnection=Host={pair.RuntimeFolder};Username=me;Password=tr0ub4dor");
        Assert.Equal(ResourceRefused, await channel.ExitAsync());
        Assert.Contains("Channel:StateConnection", channel.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tr0ub4dor", channel.Error + channel.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BadGameMasters_Exits2AndNamesEach()
    {
        using var pair = new ServerPair();
        DaemonProcess channel = pair.LaunchChannel("--Channel:GameMasters=운영자:0:aa,b", "--Channel:State=postgres", "--Channel:StateConnection=Password=tr0ub4dor");
        Assert.Equal(2, await channel.ExitAsync());
        Assert.Contains("entry 0", channel.Error, StringComparison.Ordinal);
        Assert.Contains("entry 1", channel.Error, StringComparison.Ordinal);
        Assert.Contains("Channel:StateConnection", channel.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tr0ub4dor", channel.Error + channel.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WireWithoutSessions_MakesNoFile()
    {
        using var pair = new ServerPair("--Ipc:Wire=text", "--Ipc:SingleQueue=true");
        DaemonProcess channel = pair.LaunchChannel();
        await pair.ChannelRunsAsync();
        Assert.False(File.Exists(Path.Combine(pair.RuntimeFolder, "state.db")));
        Assert.Equal(0, (await channel.StopAsync()).ExitCode);
    }
}
