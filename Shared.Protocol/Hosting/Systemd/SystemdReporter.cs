using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Hosting.Systemd;

/// <summary>
/// Tells systemd how the daemon is (Type=notify): <c>READY=1</c> once it is ready and its queue has carried a frame there and back, <c>WATCHDOG=1</c>
/// after each further one, <c>STATUS=</c> when that changes, <c>STOPPING=1</c> when the stop begins. What does not come back feeds no watchdog.
/// </summary>
/// <remarks>
/// Until it is ready it asks for more time as long as its own queue works: a chatD may wait for its channelD for as long as that takes, and
/// one that hangs in its start is still noticed.
/// </remarks>
internal sealed class SystemdReporter(
    SystemdEnvironment environment,
    IDaemonPulse pulse,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SystemdReporter> logger) : BackgroundService
{
    private static readonly TimeSpan s_stepUntilReady = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestStep = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_beatEveryUnlessWatched = TimeSpan.FromSeconds(10);

    // Two beats may be lost before systemd loses patience.
    private const int BeatsAWatchdog = 3;

    // Longer than two beats of an unwatched service, so that one that comes late is not too late.
    private static readonly TimeSpan s_moreTime = TimeSpan.FromSeconds(30);

    private readonly NotifySocket _socket = new(environment.NotifySocket);
    private readonly TimeSpan _beatEvery = environment.Watchdog is { } watchdog ? watchdog / BeatsAWatchdog : s_beatEveryUnlessWatched;
    private string _status = "";
    private bool _isReady;
    private bool _isHeard = true;
    private bool _isWell = true;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _socket.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(() => Tell("STOPPING=1\nSTATUS=Stopping."));
        using var timer = new PeriodicTimer(s_stepUntilReady, time);
        long beganAt = 0;
        bool hasBeaten = false;
        try
        {
            do
            {
                TellStatus();
                bool becomesReady = !_isReady && pulse.IsReady;
                if (hasBeaten && !becomesReady && time.GetElapsedTime(beganAt) < _beatEvery)
                {
                    continue;
                }

                hasBeaten = true;
                beganAt = time.GetTimestamp();
                bool isWell = await pulse.BeatAsync(_beatEvery, stoppingToken);
                if (isWell && becomesReady)
                {
                    _isReady = true;
                    // Half a beat: a tick that comes a moment early puts the next beat off by one tick.
                    timer.Period = _beatEvery / 2 < s_longestStep ? _beatEvery / 2 : s_longestStep;
                    SystemdLog.Ready(logger, environment.Watchdog?.TotalMilliseconds ?? 0);
                }

                TellBeat(isWell, becomesReady);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The stop.
        }
    }

    private void TellBeat(bool isWell, bool becomesReady)
    {
        if (isWell)
        {
            Tell(!_isReady ? string.Create(CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={s_moreTime.TotalMicroseconds:F0}")
                : becomesReady ? "READY=1\nWATCHDOG=1"
                : "WATCHDOG=1");
        }
        else if (_isWell && _isReady)
        {
            SystemdLog.NoPulse(logger, _beatEvery.TotalMilliseconds);
        }

        _isWell = isWell;
    }

    private void TellStatus()
    {
        string status = pulse.Status;
        if (status != _status)
        {
            _status = status;
            Tell("STATUS=" + status);
        }
    }

    private void Tell(string lines)
    {
        bool isHeard = _socket.TrySend(lines);
        if (_isHeard && !isHeard)
        {
            SystemdLog.NotHeard(logger, environment.NotifySocket);
        }

        _isHeard = isHeard;
    }
}
