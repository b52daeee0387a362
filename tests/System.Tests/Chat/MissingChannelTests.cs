using System.Tests.Support;
using Testing.Support.Processes;

namespace System.Tests.Chat;

/// <summary>A chatD whose channelD is not there: an operator has to see that in its log.</summary>
public sealed class MissingChannelTests
{
    [Fact]
    public async Task ChatWithoutChannel_SaysOnceWhatToCompareAndGoesOnWhenItComes()
    {
        using var pair = new ServerPair("--Ipc:HeartbeatMs=100", "--Ipc:LeaseMs=1000");
        DaemonProcess chat = pair.LaunchChat();
        await chat.HasPrintedAsync("[3110] The channelD of channel 1 has not answered yet");

        _ = pair.LaunchChannel();
        await pair.ChatReadyAsync();
        await using TestPlayer player = await pair.LogInAsync("하나");
        Assert.Equal("same_map", (await player.AskAsync("/찾기 하나")).Code);
        Assert.Equal(1, chat.Output.Split("[3110]").Length - 1);
        await pair.StopCleanlyAsync();
    }
}
