using System.Tests.Support;
using Testing.Support.Systemd;
using Testing.Support.Waiting;

namespace System.Tests.Systemd;

/// <summary>The daemons as systemd sees them.</summary>
public sealed class NotifyTests : IDisposable
{
    private readonly NotifyListener _systemd = new();
    private readonly ServerPair _pair = new();

    [Fact]
    public async Task ChatD_ChannelComesLater_IsReadyOnlyThenAndWellWithoutIt()
    {
        _pair.Launcher = ["env", $"NOTIFY_SOCKET={_systemd.Address}", "WATCHDOG_USEC=900000"];
        _ = _pair.LaunchChat();
        await Eventually.TrueAsync(() => _systemd.Count("STATUS=Waiting for channel 1.") == 1, "chatD says what it waits for");
        await Eventually.TrueAsync(() => _systemd.Count("EXTEND_TIMEOUT_USEC=30000000") >= 2, "chatD asks for more time");
        Assert.DoesNotContain("READY=1", _systemd.Said);

        _pair.Launcher = [];
        _ = _pair.LaunchChannel();
        await Eventually.TrueAsync(() => _systemd.Count("READY=1") == 1, "chatD is ready");

        await _pair.Channel.KillAsync();
        await Eventually.TrueAsync(() => _systemd.Said[^1] == "WATCHDOG=1" && _systemd.Count("STATUS=Waiting for channel 1.") == 2, "chatD is well while its channel is away");

        _ = await _pair.Chat.StopAsync();
        await Eventually.TrueAsync(() => _systemd.Count("STOPPING=1") == 1, "chatD says that it stops");
    }

    [Fact]
    public async Task ChannelD_Alone_IsReadyAndFeedsTheWatchdog()
    {
        _pair.Launcher = ["env", $"NOTIFY_SOCKET={_systemd.Address}", "WATCHDOG_USEC=900000"];
        _ = _pair.LaunchChannel();
        await Eventually.TrueAsync(() => _systemd.Count("WATCHDOG=1") >= 3, "channelD feeds the watchdog");

        Assert.Equal(1, _systemd.Count("READY=1"));
        Assert.Contains("STATUS=Channel 1: answering.", _systemd.Said);
        Assert.Equal(0, (await _pair.Channel.StopAsync()).ExitCode);
        await Eventually.TrueAsync(() => _systemd.Count("STOPPING=1") == 1, "channelD says that it stops");
    }

    public void Dispose()
    {
        _pair.Dispose();
        _systemd.Dispose();
    }
}
