using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting.Systemd;
using Testing.Support.Systemd;
using Testing.Support.Waiting;

namespace Shared.Protocol.Tests.Hosting.Systemd;

public sealed class SystemdReporterTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan s_watchdog = TimeSpan.FromMilliseconds(150);

    private readonly NotifyListener _systemd = new();
    private readonly FakePulse _pulse = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private SystemdReporter? _reporter;

    [Fact]
    public async Task Report_DaemonThatWaits_AsksForMoreTimeAndIsNotReady()
    {
        await StartAsync();
        await Eventually.TrueAsync(() => _systemd.Count("EXTEND_TIMEOUT_USEC=30000000") >= 2, "it has asked for more time twice");

        Assert.Equal("STATUS=Starting.", _systemd.Said[0]);
        Assert.DoesNotContain("READY=1", _systemd.Said);
        Assert.DoesNotContain("WATCHDOG=1", _systemd.Said);
    }

    [Fact]
    public async Task Report_DaemonThatIsReady_SaysSoOnceAndFeedsTheWatchdog()
    {
        await StartAsync();
        _pulse.Set(isReady: true, isWell: true, "Working.");
        await Eventually.TrueAsync(() => _systemd.Count("WATCHDOG=1") >= 4, "the watchdog was fed four times");

        Assert.Equal(1, _systemd.Count("READY=1"));
        Assert.Equal(1, _systemd.Count("STATUS=Working."));
    }

    [Fact]
    public async Task Report_ReadyDaemonWhoseQueueDoesNotAnswer_IsNotReady()
    {
        _pulse.Set(isReady: true, isWell: false, "Working.");
        await StartAsync();
        await Eventually.TrueAsync(() => _pulse.BeatCount >= 3, "it was asked three times");

        Assert.Equal(["STATUS=Working."], _systemd.Said);
    }

    [Fact]
    public async Task Report_DaemonWhoseQueueAnswersNoMore_FeedsNoWatchdogUntilItDoes()
    {
        _pulse.Set(isReady: true, isWell: true, "Working.");
        await StartAsync();
        await Eventually.TrueAsync(() => _systemd.Count("WATCHDOG=1") >= 2, "the watchdog was fed");
        _pulse.Set(isReady: true, isWell: false, "Sick.");

        // What was on its way when it fell ill may still come.
        await BeatAsync(2);
        int fed = _systemd.Count("WATCHDOG=1");
        await BeatAsync(3);
        Assert.Equal(fed, _systemd.Count("WATCHDOG=1"));

        _pulse.Set(isReady: true, isWell: true, "Working again.");
        await Eventually.TrueAsync(() => _systemd.Count("WATCHDOG=1") > fed, "the watchdog was fed again");
        Assert.Equal(1, _systemd.Count("READY=1"));
    }

    [Fact]
    public async Task Report_PeerAway_FeedsTheWatchdog()
    {
        _pulse.Set(isReady: true, isWell: true, "Working.");
        await StartAsync();
        await Eventually.TrueAsync(() => _systemd.Count("READY=1") == 1, "it is ready");
        _pulse.Set(isReady: false, isWell: true, "Waiting.");
        await Eventually.TrueAsync(() => _systemd.Count("STATUS=Waiting.") == 1, "it has said that it waits");
        int fed = _systemd.Count("WATCHDOG=1");

        await Eventually.TrueAsync(() => _systemd.Count("WATCHDOG=1") >= fed + 2, "the watchdog is fed on");
    }

    [Fact]
    public async Task Report_Stop_SaysThatItStops()
    {
        await StartAsync();
        _lifetime.StopApplication();

        await Eventually.TrueAsync(() => _systemd.Count("STOPPING=1") == 1, "it has said that it stops");
    }

    [Fact]
    public async Task Report_NobodyListens_GoesOn()
    {
        _systemd.Dispose();
        _pulse.Set(isReady: true, isWell: true, "Working.");
        await StartAsync();
        await Eventually.TrueAsync(() => _pulse.BeatCount >= 3, "it goes on");

        Assert.False(_reporter!.ExecuteTask!.IsCompleted);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_reporter is not null)
        {
            await _reporter.StopAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _reporter?.Dispose();
        _systemd.Dispose();
    }

    private Task StartAsync()
    {
        var environment = new SystemdEnvironment(_systemd.Address, s_watchdog);
        _reporter = new SystemdReporter(environment, _pulse, _lifetime, TimeProvider.System, NullLogger<SystemdReporter>.Instance);
        return _reporter.StartAsync(CancellationToken.None);
    }

    private Task BeatAsync(int times)
    {
        int from = _pulse.BeatCount;
        return Eventually.TrueAsync(() => _pulse.BeatCount >= from + times, $"it was asked {times} times more");
    }
}
