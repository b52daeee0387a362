using System.Security.Cryptography;
using System.Tests.Support;
using System.Text.Json;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Administration;

/// <summary>The commands of gsctl that change something, on real daemons.</summary>
public sealed partial class GsctlChangeTests : IDisposable
{
    private const int Refused = 1;
    private const int CannotReach = 3;

    private readonly ServerPair _pair = new("--Ops:TimeoutMs=20000");

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Kick_Player_IsToldWhyAndHisNameIsFreeAgain()
    {
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("단풍이");

        GsctlResult kicked = await _pair.GsctlAsync("kick", "단풍이", "--reason", "점검 시간", "--json");
        Assert.Equal((0, "단풍이", "chatD 0"), (kicked.ExitCode, kicked.Json.GetProperty("name").GetString(), kicked.Json.GetProperty("daemon").GetString()));
        await player.Closed.WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(("kicked_for", "운영자가 접속을 끊었습니다. 사유: 점검 시간"), (player.Refusal?.Code, player.Refusal?.Text));
        await _pair.Chat.HasPrintedAsync("/v1/kick {\"name\":\"단풍이\",\"reason\":\"점검 시간\"}: done");
        await Eventually.TrueAsync(async () => (await _pair.GsctlAsync("find", "단풍이")).ExitCode == Refused, "he has left the game");

        await using TestPlayer again = await _pair.LogInAsync("단풍이");
        GsctlResult nobody = await _pair.GsctlAsync("kick", "없는이");
        Assert.Equal(Refused, nobody.ExitCode);
        Assert.Contains("없는이 is not with this chatD", nobody.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("점검\u202E 시간")]
    [InlineData("점검\u2028시간")]
    [InlineData("점검\n시간")]
    public async Task KickAndMute_ReasonThatActsOnATerminal_AreRefused(string reason)
    {
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("단풍이");

        GsctlResult kicked = await _pair.GsctlAsync("kick", "단풍이", "--reason", reason);
        GsctlResult muted = await _pair.GsctlAsync("mute", "단풍이", "5", reason);

        Assert.Equal((Refused, Refused), (kicked.ExitCode, muted.ExitCode));
        Assert.Contains("The reason is one line", kicked.Error, StringComparison.Ordinal);
        Assert.Contains("A mute has a reason, in one line", muted.Error, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync("안녕하세요")).Outcome);
    }

    [Fact]
    public async Task Drain_Chat_LetsNobodyInAndServesThoseWhoAreThere()
    {
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("단풍이");

        GsctlResult drained = await _pair.GsctlAsync("drain", "--chat", "0", "--wait", "30");
        Assert.Equal((0, "chatD 0 lets nobody in; 0 requests are under way.\n"), (drained.ExitCode, drained.Output));
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _pair.LogInAsync("타락파워전사"));
        Assert.Contains("draining", refused.Message, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync("/누구")).Outcome);
        GsctlResult status = await _pair.GsctlAsync("status");
        Assert.Equal(Refused, status.ExitCode);
        Assert.Matches("chatD 0 +draining +no ", status.Output);

        Assert.Equal(0, (await _pair.GsctlAsync("drain", "--chat", "0", "--off")).ExitCode);
        await using TestPlayer second = await _pair.LogInAsync("타락파워전사");
        Assert.Equal(0, (await _pair.GsctlAsync("status")).ExitCode);
    }

    [Fact]
    public async Task Drain_Chat_LosesNoSessionThatComesBack()
    {
        await _pair.StartBothAsync();
        using ClientProcess client = _pair.StartClient("단풍이");
        await client.HasPrintedAsync("logged_in");
        Assert.Equal(0, (await _pair.GsctlAsync("drain", "--chat", "0")).ExitCode);

        // His channelD is replaced under him: he is announced again, which is no arrival.
        await _pair.Channel.KillAsync();
        _ = _pair.LaunchChannel();
        await _pair.ReadyAsync();
        await _pair.Chat.HasPrintedAsync("[3010]", times: 2);
        client.Write("/누구\n");
        await client.HasPrintedAsync("\"outcome\":\"ok\"");
        Assert.Equal(0, await client.EndAsync());
    }

    [Fact]
    public async Task Drain_Channel_LetsNobodyInAndAnswers()
    {
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("단풍이");
        Assert.Equal(0, (await _pair.GsctlAsync("drain", "--channel", "1")).ExitCode);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _pair.LogInAsync("타락파워전사"));
        Assert.Contains("draining", refused.Message, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync("/누구")).Outcome);
        Assert.Equal(0, (await _pair.GsctlAsync("drain", "--channel", "1", "--off")).ExitCode);
        await using TestPlayer second = await _pair.LogInAsync("타락파워전사");
    }

    [Fact]
    public async Task Mute_OfflineByAGameMaster_IsShownWithHisNameBeforeAndAfterARestart()
    {
        string[] master = [$"--Channel:GameMasters:0=운영자:2:{Convert.ToHexString(SHA256.HashData("k"u8))}"];
        await _pair.StartBothAsync(channel: master);
        await using (TestPlayer player = await TestPlayer.LogInAsync(_pair.Address, "운영자", 1, TestPlayer.DefaultMap, key: "k"))
        {
            Assert.Equal("muted", (await player.AskAsync("/채팅금지 단풍이 60 도배")).Code);
        }

        for (int round = 0; round < 2; round++)
        {
            GsctlResult found = await _pair.GsctlAsync("find", "단풍이", "--json");
            JsonElement mute = found.Json.GetProperty("answers")[0].GetProperty("mute");
            Assert.Equal(("운영자", "도배"), (mute.GetProperty("by").GetString(), mute.GetProperty("reason").GetString()));
            Assert.True(mute.GetProperty("at").GetDateTimeOffset() < mute.GetProperty("until").GetDateTimeOffset());
            Assert.Contains("by 운영자, at ", (await _pair.GsctlAsync("find", "단풍이")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await _pair.Channel.StopAsync()).ExitCode);
            _ = _pair.LaunchChannel(master);
            await _pair.ChannelRunsAsync();
        }

        Assert.Equal(0, (await _pair.GsctlAsync("unmute", "단풍이")).ExitCode);
        Assert.False((await _pair.GsctlAsync("find", "단풍이", "--json")).Json.GetProperty("answers")[0].TryGetProperty("mute", out _));
        await _pair.Channel.HasPrintedAsync("[2064] \"단풍이\" is let speak again by \"operator ");
    }

    [Fact]
    public async Task Mute_Player_CannotSpeakUntilUnmuted()
    {
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("단풍이");

        Assert.Equal(0, (await _pair.GsctlAsync("mute", "단풍이", "5", "욕설", "금지")).ExitCode);
        ServerResult muted = await player.AskAsync("안녕하세요");
        Assert.Equal("muted", muted.Code);
        Assert.Equal("욕설 금지", muted.Arguments[2]);
        await Eventually.TrueAsync(() => player.Events.Any(shown => shown.Text.Contains("운영자가 5분 동안 채팅을 금지했습니다. 사유: 욕설 금지", StringComparison.Ordinal)), "he was told");
        JsonElement character = (await _pair.GsctlAsync("who", "--channel", "1", "--json")).Json.GetProperty("channels")[0].GetProperty("characters")[0];
        Assert.True(character.GetProperty("mutedUntil").GetDateTimeOffset() > DateTimeOffset.UtcNow);

        // Who it was the kernel says, not the caller.
        string uid = $"(uid {(await File.ReadAllLinesAsync("/proc/self/status")).First(static line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1]})";
        Assert.Contains(uid, character.GetProperty("mutedBy").GetString(), StringComparison.Ordinal);
        Assert.InRange(character.GetProperty("mutedAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-4), DateTimeOffset.UtcNow);
        Assert.Contains(uid, (await _pair.GsctlAsync("who", "--channel", "1")).Output, StringComparison.Ordinal);
        GsctlResult found = await _pair.GsctlAsync("find", "단풍이");
        Assert.Contains($"{uid}, at ", found.Output, StringComparison.Ordinal);
        Assert.Contains(": 욕설 금지", found.Output, StringComparison.Ordinal);
        Assert.Contains(_pair.Channel.Lines, line => line.Contains("[2063]", StringComparison.Ordinal) && line.Contains(uid, StringComparison.Ordinal));
        await _pair.Channel.HasPrintedAsync("/v1/mute {\"name\":\"단풍이\",\"minutes\":5,\"reason\":\"욕설 금지\"}: done");

        Assert.Equal(0, (await _pair.GsctlAsync("unmute", "단풍이")).ExitCode);
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync("안녕하세요")).Outcome);
        Assert.Equal(Refused, (await _pair.GsctlAsync("unmute", "단풍이")).ExitCode);
    }

    [Fact]
    public async Task Trace_Player_ShowsWhatHeSaysAndNothingOfOthers()
    {
        await _pair.StartBothAsync();
        await using TestPlayer traced = await _pair.LogInAsync("단풍이");
        await using TestPlayer other = await _pair.LogInAsync("타락파워전사");
        using GsctlProcess trace = _pair.StartGsctl("trace", "단풍이", "--lines", "2");
        await trace.HasPrintedAsync("channelD 1: tracing 단풍이");

        _ = await other.AskAsync("제 말은 안 보여요");
        _ = await traced.AskAsync("안녕하세요");
        _ = await traced.AskAsync("/귓속말 타락파워전사 비밀");
        Assert.Equal(0, await trace.ExitAsync());
        Assert.Contains("단풍이 (map 헤네시스): 안녕하세요", trace.Output, StringComparison.Ordinal);
        Assert.Contains("단풍이 (whisper 타락파워전사): 비밀", trace.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("제 말은", trace.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(traced.Events, shown => shown.Room == "trace");
        await _pair.Channel.HasPrintedAsync("/v1/trace {\"name\":\"단풍이\"} has ended");
    }

    [Fact]
    public async Task Trace_DaemonStops_EndsAndTheDaemonEndsInTime()
    {
        await _pair.StartBothAsync();
        using GsctlProcess trace = _pair.StartGsctl("trace", "단풍이", "--json");
        await _pair.Channel.HasPrintedAsync("/v1/trace {\"name\":\"단풍이\"}: begun");
        Assert.Equal(0, (await _pair.Channel.StopAsync()).ExitCode);
        Assert.Equal(CannotReach, await trace.ExitAsync());
    }

    [Fact]
    public async Task Purge_AfterBothWereKilled_RemovesWhatTheyLeft()
    {
        await _pair.StartBothAsync();
        await _pair.Chat.KillAsync();
        await _pair.Channel.KillAsync();
        Assert.False(_pair.Keys.AreUnused);

        GsctlResult dry = await _pair.GsctlAsync("purge", "--stale", "--dry-run", "--json");
        Assert.Equal(0, dry.ExitCode);
        string[] kinds = [.. dry.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()!).Distinct()];
        Assert.Equal(["beacon", "queue", "semaphores", "socket"], kinds.Order());
        Assert.False(_pair.Keys.AreUnused);
        Assert.Equal(2, (await _pair.GsctlAsync("purge", "--stale")).ExitCode);
        Assert.False(_pair.Keys.AreUnused);

        Assert.Equal(0, (await _pair.GsctlAsync("purge", "--stale", "--yes")).ExitCode);
        Assert.True(_pair.Keys.AreUnused);
        Assert.Empty(Directory.GetFiles(Path.Combine(_pair.RuntimeFolder, "sockets")));
        Assert.Empty(Directory.GetFiles(_pair.RuntimeFolder, "*.beacon"));
        Assert.Contains("Nothing of key", (await _pair.GsctlAsync("purge", "--stale", "--yes")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_OneDaemonLives_LeavesWhatIsItsAndRemovesTheOthers()
    {
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("단풍이");
        await _pair.Chat.KillAsync();

        GsctlResult purged = await _pair.GsctlAsync("purge", "--stale", "--yes", "--json");
        Assert.Equal(0, purged.ExitCode);
        Assert.Equal(["channelD 1"], purged.Json.GetProperty("living").EnumerateArray().Select(living => living.GetString()));
        Assert.All(purged.Json.GetProperty("items").EnumerateArray(), item => Assert.Contains("chatd", item.GetProperty("what").GetString()!.Replace("result", "chatd", StringComparison.Ordinal), StringComparison.Ordinal));

        _ = _pair.LaunchChat();
        await _pair.ChatReadyAsync();
        await using TestPlayer again = await _pair.LogInAsync("타락파워전사");
        Assert.Equal(0, (await _pair.GsctlAsync("status")).ExitCode);
        await again.DisposeAsync();
        await _pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Purge_Rings_GoWhenNobodyLives()
    {
        using var rings = new Testing.Support.Folders.TempFolder();
        string[] options = ["--Ipc:Transport=ring", $"--Ipc:RingFolder={rings.Path}", "--Ipc:RingBytes=65536"];
        await _pair.StartBothAsync(channel: options, chat: options);
        await _pair.Chat.KillAsync();
        Assert.Equal(0, (await _pair.GsctlAsync([], ["purge", "--stale", "--yes", .. options])).ExitCode);
        Assert.NotEmpty(Directory.GetFiles(rings.Path, "*.ring"));
        Assert.Contains(rings.Path, (await _pair.GsctlAsync([], ["queues", .. options])).Error, StringComparison.Ordinal);

        await _pair.Channel.KillAsync();
        Assert.Equal(0, (await _pair.GsctlAsync([], ["purge", "--stale", "--yes", .. options])).ExitCode);
        Assert.Empty(Directory.GetFiles(rings.Path));
        Assert.True(_pair.Keys.AreUnused);
    }

    [Fact]
    public async Task Mute_OneChannelIsAway_TellsOfItAndExits4()
    {
        await _pair.StartBothAsync(channel: ["--Channel:State=memory"]);
        DaemonProcess first = _pair.Channel;
        DaemonProcess second = _pair.LaunchChannel("--Channel:State=memory", "--Channel:Id=2");
        await _pair.ChannelRunsAsync();
        GsctlResult both = await _pair.GsctlAsync("mute", "단풍이", "5", "욕설");
        Assert.Equal((0, 2), (both.ExitCode, both.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));

        await second.KillAsync();
        GsctlResult muted = await _pair.GsctlAsync("mute", "단풍이", "5", "욕설");
        Assert.Equal(4, muted.ExitCode);
        Assert.Contains("channelD 1: 단풍이 is muted", muted.Output, StringComparison.Ordinal);
        Assert.Contains("channelD 2: nobody listens", muted.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await _pair.GsctlAsync("unmute", "단풍이")).ExitCode);
        Assert.Equal(4, (await _pair.GsctlAsync("find", "없는이")).ExitCode);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task Signal_WhileItWaits_IsNoSuccess()
    {
        await _pair.StartBothAsync();
        _pair.Channel.Pause();
        using GsctlProcess find = _pair.StartGsctl("find", "단풍이");

        // It has connected: by then it minds signals.
        string socket = Directory.GetFiles(Path.Combine(_pair.RuntimeFolder, "sockets"), "*-admin-channeld-0.sock").Single();
        await Eventually.TrueAsync(() => File.ReadLines("/proc/net/unix").Count(line => line.EndsWith(socket, StringComparison.Ordinal)) > 1, "it asks");
        find.Terminate();
        Assert.Equal(143, await find.ExitAsync());
    }

    [Fact]
    public async Task Top_ReaderGoesAway_Ends()
    {
        await _pair.StartBothAsync();
        string[] options = [$"--Ipc:RequestKey={_pair.Keys.RequestKey}", $"--Ipc:RuntimeFolder={_pair.RuntimeFolder}"];
        using var pipe = new ChildProcess("bash", ["-c", "set -o pipefail; \"$@\" | head -n 1", "bash", "dotnet", BuiltProgram.Path("Gsctl", "gsctl"), "top", "--json", "--interval", "0.2", .. options]);
        Assert.Equal(0, await pipe.ExitAsync());
        Assert.Single(pipe.Lines);
    }

    [Fact]
    public async Task Trace_ReaderGoesAwayAndNothingMoreIsSaid_Ends()
    {
        await _pair.StartBothAsync();
        await using TestPlayer player = await _pair.LogInAsync("단풍이");
        string[] options = [$"--Ipc:RequestKey={_pair.Keys.RequestKey}", $"--Ipc:RuntimeFolder={_pair.RuntimeFolder}"];
        using var pipe = new ChildProcess("bash", ["-c", "set -o pipefail; \"$@\" | { read -r first; echo \"$first\"; read -r second; echo \"$second\"; }", "bash", "dotnet", BuiltProgram.Path("Gsctl", "gsctl"), "trace", "단풍이", .. options]);
        await pipe.HasPrintedAsync("tracing 단풍이");
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync("안녕하세요")).Outcome);

        // There is no line by which it would find out.
        Assert.Equal(0, await pipe.ExitAsync());
        Assert.Contains("안녕하세요", pipe.Lines[1], StringComparison.Ordinal);
        await _pair.Channel.HasPrintedAsync("[1435]");
    }
}
