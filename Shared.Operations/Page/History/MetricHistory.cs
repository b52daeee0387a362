using System.Globalization;
using Microsoft.Extensions.Logging;
using Shared.Operations.Diagnostics;
using Shared.Operations.Metrics;
using Shared.Protocol.Interop.Linux;

namespace Shared.Operations.Page.History;

/// <summary>
/// Looks at the metrics once a second and keeps the last ten minutes, so that a page that is opened shows at once how it came to what it sees. It
/// costs what a scrape a second does, without its text.
/// </summary>
internal sealed class MetricHistory : IAsyncDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int Capacity = 600;

    // A few series for each channelD, of which there may be 256: at most 5 MB, and 0.3 MB with two.
    private const int MaxColumns = 1024;

    private readonly MetricFamilies _families;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HistoryTable _table;
    private readonly CancellationTokenSource _ending = new();
    private readonly long _startedAt;
    private Task _looking = Task.CompletedTask;

    /// <summary>Makes a history that does not look yet.</summary>
    public MetricHistory(MetricFamilies families, IReadOnlyList<HistoryMetric> metrics, TimeProvider time, ILogger logger)
    {
        _families = families;
        _time = time;
        _logger = logger;
        _table = new HistoryTable(metrics, Capacity, MaxColumns);
        _startedAt = time.GetTimestamp();
        StartedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Tells this run of the daemon from every other: all counters begin anew with it.</summary>
    public string Generation { get; } = RandomNumber.Draw().ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>When it was made, in milliseconds of Unix time.</summary>
    public long StartedAtMs { get; }

    /// <summary>This moment in milliseconds of Unix time. It goes on evenly, also where the clock of the host is set.</summary>
    public long NowMs => StartedAtMs + (long)_time.GetElapsedTime(_startedAt).TotalMilliseconds;

    /// <summary>Begins to look.</summary>
    public void Start() => _looking = LookAsync();

    /// <summary>The rows behind a number, with that of the first.</summary>
    public HistoryView Read(long after) => _table.Read(after);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _looking;
        _ending.Dispose();
    }

    private async Task LookAsync()
    {
        // Not on the thread that starts the daemon.
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, _time);
        bool hasFailed = false;
        try
        {
            do
            {
                try
                {
                    await _families.ReadAsync(families => _table.Add(NowMs, families), _ending.Token);
                }
#pragma warning disable CA1031 // The daemon does its work without the page; it is told once.
                catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    if (!hasFailed)
                    {
                        OperationsLog.LookFailed(_logger, exception);
                    }

                    hasFailed = true;
                }
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }
}
