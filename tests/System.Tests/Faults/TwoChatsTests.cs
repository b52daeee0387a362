using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Faults;

/// <summary>Two chatDs of one channelD: what becomes of one is no concern of the other's players.</summary>
public sealed class TwoChatsTests
{
    // No request of these lines is shorter.
    private const int LineBytes = 40;

    // A lease and a deadline that a busy machine does not miss while a daemon is stopped on purpose. Results take the queue, which is what is
    // shared by all chatDs.
    private static readonly string[] s_options =
        ["--Ipc:HeartbeatMs=100", "--Ipc:LeaseMs=8000", "--Ipc:RequestTimeoutMs=30000", "--Ipc:ChatDaemons=2", "--Ipc:ResultPath=queue"];

    [Fact]
    public async Task Pause_OneChatWithAnswersOnTheirWay_TheOtherIsAnsweredAndTheQueueIsCleared()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_options);
        DaemonProcess stopped = await pair.StartFurtherChatAsync(1);
        await using TestPlayer player = await pair.LogInAsync("산이");
        await using TestPlayer stuck = await TestPlayer.LogInAsync(pair.AddressOf(1), "멈춘이", 1, TestPlayer.DefaultMap);

        pair.Channel.Pause();
        _ = await stuck.SendAllAsync(Enumerable.Range(0, 50).Select(static line => $"/찾기 가{line}"));
        await Eventually.TrueAsync(() => pair.RequestBytes > 40 * LineBytes, "its requests wait in the queue");
        stopped.Pause();
        pair.Channel.Resume();

        Assert.Equal("same_map", (await OkAsync(player, "/찾기 산이")).Code);
        await pair.Channel.HasPrintedAsync("chatD 1, which is gone, were taken out of its mailboxes");
        await Eventually.TrueAsync(() => pair.ResultDepth == 0, "nothing waits for the one that is stopped");
        Assert.Equal("same_map", (await OkAsync(player, "/찾기 산이")).Code);

        stopped.Resume();
        Assert.Equal("same_map", (await OkAsync(stuck, "/찾기 멈춘이")).Code);
        Assert.Empty(player.Breaches);
        Assert.Equal(0, (await stopped.StopAsync()).ExitCode);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Kill_OneChatWithAnswersOnTheirWay_TheQueueIsClearedWithItsLease()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_options);
        DaemonProcess killed = await pair.StartFurtherChatAsync(1);
        await using TestPlayer player = await pair.LogInAsync("산이");
        await using TestPlayer stuck = await TestPlayer.LogInAsync(pair.AddressOf(1), "사라진이", 1, TestPlayer.DefaultMap);

        pair.Channel.Pause();
        _ = await stuck.SendAllAsync(Enumerable.Range(0, 50).Select(static line => $"/찾기 가{line}"));
        await Eventually.TrueAsync(() => pair.RequestBytes > 40 * LineBytes, "its requests wait in the queue");
        await killed.KillAsync();
        pair.Channel.Resume();

        await pair.Channel.HasPrintedAsync("chatD 1, which is gone, were taken out of its mailboxes");
        await Eventually.TrueAsync(() => pair.ResultDepth == 0, "nothing waits for the one that is gone");
        Assert.Equal("same_map", (await OkAsync(player, "/찾기 산이")).Code);
        await pair.StopCleanlyAsync();
    }

    private static async Task<ServerResult> OkAsync(TestPlayer player, string line)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        while (true)
        {
            ServerResult result = await player.AskAsync(line);
            if (result.Outcome == OutcomeKind.Ok)
            {
                return result;
            }

            await Task.Delay(20, deadline.Token);
        }
    }
}
