using Testing.Support.Processes;
using Testing.Support.Users;

namespace System.Tests.Administration;

/// <content>Who may give them, and whose daemons they are given to.</content>
public sealed partial class GsctlChangeTests
{
    [RequiresOtherUserFact]
    public async Task DaemonsOfAnotherUser_InAFolderThatAnybodyCouldHaveMade_AreAskedOnlyWhereThatUserIsNamed()
    {
        _ = await ProcessOutput.ReadAsync("chown", $"{Launchers.FirstUid}", _pair.RuntimeFolder);
        _pair.Launcher = Launchers.As(Launchers.FirstUid);
        await _pair.StartBothAsync();

        GsctlResult refused = await _pair.GsctlAsync("kick", "단풍이", "--reason", "비밀");
        Assert.Equal(CannotReach, refused.ExitCode);
        Assert.Contains($"served by uid {Launchers.FirstUid}", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"--user {Launchers.FirstUid}", refused.Error, StringComparison.Ordinal);

        // Nothing was asked: it would be in the log.
        Assert.Equal(0, (await _pair.GsctlAsync("status", "--user", $"{Launchers.FirstUid}")).ExitCode);
        Assert.DoesNotContain("비밀", _pair.Chat.Output, StringComparison.Ordinal);
    }

    [RequiresOtherUserFact]
    public async Task Purge_ByRoot_RemovesWhatDaemonsOfAnotherUserLeft()
    {
        _ = await ProcessOutput.ReadAsync("chown", $"{Launchers.FirstUid}", _pair.RuntimeFolder);
        _pair.Launcher = Launchers.As(Launchers.FirstUid);
        await _pair.StartBothAsync();
        await _pair.Chat.KillAsync();

        GsctlResult one = await _pair.GsctlAsync("purge", "--stale", "--yes", "--json");
        Assert.Equal((0, string.Empty), (one.ExitCode, one.Error));
        Assert.Equal(["channelD 1"], one.Json.GetProperty("living").EnumerateArray().Select(living => living.GetString()));
        Assert.NotNull(_pair.Keys.RequestQueueId);

        await _pair.Channel.KillAsync();
        GsctlResult both = await _pair.GsctlAsync("purge", "--stale", "--yes");
        Assert.Equal((0, string.Empty), (both.ExitCode, both.Error));
        Assert.True(_pair.Keys.AreUnused);
        Assert.Empty(Directory.GetFiles(_pair.RuntimeFolder, "*.beacon"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_pair.RuntimeFolder, "sockets")));
    }

    [RequiresOtherUserFact]
    public async Task AnotherUser_IsRefusedByTheModeAndByTheDaemon()
    {
        await _pair.StartBothAsync();
        File.SetUnixFileMode(_pair.RuntimeFolder, File.GetUnixFileMode(_pair.RuntimeFolder) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        IReadOnlyList<string> stranger = Launchers.As(Launchers.FirstUid);

        GsctlResult byMode = await _pair.GsctlAsync(stranger, "drain", "--all");
        Assert.Equal(CannotReach, byMode.ExitCode);
        Assert.Contains("may not be administered by uid 61001", byMode.Error, StringComparison.Ordinal);
        Assert.Contains("it is for uid 0 and root (mode 0600)", byMode.Error, StringComparison.Ordinal);

        // Somebody has opened the sockets to everybody: the daemon asks the kernel who calls.
        foreach (string socket in Directory.GetFiles(Path.Combine(_pair.RuntimeFolder, "sockets"), "*-admin-*"))
        {
            File.SetUnixFileMode(socket, (UnixFileMode)0x1B6);
        }

        foreach (string[] command in new[] { (string[])["status"], ["who"], ["drain", "--all"], ["kick", "단풍이"], ["mute", "단풍이", "1", "x"], ["trace", "단풍이"] })
        {
            GsctlResult refused = await _pair.GsctlAsync(stranger, command);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains("You are uid 61001; this daemon is administered by uid 0 and root", refused.Error, StringComparison.Ordinal);
        }

        await _pair.Chat.HasPrintedAsync("[1433] Uid 61001");
        Assert.Equal(0, (await _pair.GsctlAsync("status")).ExitCode);
    }

    [RequiresOtherUserFact]
    public async Task MemberOfTheGroup_MayAdminister()
    {
        // As installed: the folder as tmpfiles.d makes it, the daemons with the umask of their units.
        File.SetUnixFileMode(_pair.RuntimeFolder, (UnixFileMode)0x1C0);
        _pair.Launcher = ["sh", "-c", "umask 077; exec \"$@\"", "sh"];
        await _pair.StartBothAsync(channel: [$"--Ops:AdminGroup={Launchers.Gid}"], chat: [$"--Ops:AdminGroup={Launchers.Gid}"]);
        GsctlResult closed = await _pair.GsctlAsync(Launchers.As(Launchers.FirstUid), "drain", "--chat", "0");
        Assert.Equal(CannotReach, closed.ExitCode);
        Assert.Contains($"the folder {_pair.RuntimeFolder} of uid 0, gid 0 is closed to you (mode 0700)", closed.Error, StringComparison.Ordinal);

        File.SetUnixFileMode(_pair.RuntimeFolder, (UnixFileMode)0x1C9);
        GsctlResult drained = await _pair.GsctlAsync(Launchers.As(Launchers.FirstUid), "drain", "--chat", "0");
        Assert.Equal((0, string.Empty), (drained.ExitCode, drained.Error));
        await _pair.Chat.HasPrintedAsync("[1432] Uid 61001");
    }

    [Fact]
    public async Task AdminSocket_OfItsOwnOrOff_IsFoundByItsPathOrNotThere()
    {
        string own = Path.Combine(_pair.RuntimeFolder, "own.sock");
        await _pair.StartBothAsync(channel: ["--Ops:AdminSocket=off"], chat: [$"--Ops:AdminSocket={own}"]);

        Assert.Equal(CannotReach, (await _pair.GsctlAsync("status")).ExitCode);
        GsctlResult shown = await _pair.GsctlAsync("status", "--socket", own);
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("chatD 0", shown.Output, StringComparison.Ordinal);
        await _pair.StopCleanlyAsync();
        Assert.False(File.Exists(own));
    }
}
