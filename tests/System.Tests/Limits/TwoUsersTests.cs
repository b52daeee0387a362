using System.Globalization;
using System.Tests.Support;
using Testing.Support.Ipc;
using Testing.Support.Processes;
using Testing.Support.Users;

namespace System.Tests.Limits;

/// <summary>Daemons of two users: with a group of both they are a pair, without one they are strangers.</summary>
public sealed class TwoUsersTests
{
    private const int ResourceRefused = 3;

    [RequiresOtherUserFact]
    public async Task Pair_TwoUsersOfOneGroupStartAtOnce_PlayAndLeaveNothing()
    {
        using var pair = new ServerPair("--Ipc:Mode=0660", $"--Ipc:Group={Text(Launchers.Gid)}");
        using var folder = new Testing.Support.Folders.TempFolder();
#pragma warning disable CA1416 // The tests run on Linux.
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1FF);
#pragma warning restore CA1416
        pair.Launcher = Launchers.As(Launchers.FirstUid);
        DaemonProcess channel = pair.LaunchChannel($"--Ipc:PeerUser={Text(Launchers.SecondUid)}");
        pair.Launcher = Launchers.As(Launchers.SecondUid);
        DaemonProcess chat = pair.LaunchChat($"--Ipc:PeerUser={Text(Launchers.FirstUid)}", $"--Chat:Listen=unix:{folder.File("chat")}");
        await pair.ReadyAsync();

        await using (TestPlayer player = await TestPlayer.LogInAsync(new ChatClient.Connection.ServerAddress(string.Empty, 0, folder.File("chat")), "남의이"))
        {
            Assert.Equal("same_map", (await player.AskAsync("/찾기 남의이")).Code);
        }

        Assert.Equal(0, (await chat.StopAsync()).ExitCode);
        Assert.Equal(0, (await channel.StopAsync()).ExitCode);
    }

    [RequiresOtherUserFact]
    public async Task Start_QueueOfRoot_Exits3AndNamesBothUsers()
    {
        using var pair = new ServerPair();
        RawQueue.OpenOrCreate(pair.Keys.RequestKey);
        pair.Launcher = Launchers.As(Launchers.FirstUid);

        DaemonProcess channel = pair.LaunchChannel();

        Assert.Equal(ResourceRefused, await channel.ExitAsync());
        Assert.Contains("belongs to uid 0 with mode 0600", channel.Error, StringComparison.Ordinal);
        Assert.Contains($"may not be used by uid {Text(Launchers.FirstUid)}", channel.Error, StringComparison.Ordinal);
        Assert.Contains($"`ipcrm -Q 0x{pair.Keys.RequestKey:x}`", channel.Error, StringComparison.Ordinal);
        Assert.NotNull(pair.Keys.RequestQueueId);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
