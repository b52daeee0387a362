using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Operations.Diagnostics;
using Shared.Protocol.Diagnostics;

namespace Shared.Operations.Otlp;

/// <summary>
/// Has spans sent while <see cref="OpsOptions.TraceRatio"/> is above 0, which may change at any time. It begins with the daemon and ends behind all
/// its services, so that what is answered while it stops is sent, too.
/// </summary>
internal sealed class TraceService : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(1);

    private readonly OpsOptions _options;
    private readonly IOptionsMonitor<OpsOptions> _monitor;
    private readonly TraceSampling _sampling;
    private readonly DaemonIdentity _identity;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private IDisposable? _watching;
    private IDisposable? _export;
    private double _ratio;
    private bool _isOver;

    /// <summary>Makes a service that sends nothing yet.</summary>
    public TraceService(
        IOptions<OpsOptions> options, IOptionsMonitor<OpsOptions> monitor, TraceSampling sampling, DaemonIdentity identity, ILogger<TraceService> logger)
    {
        _options = options.Value;
        _monitor = monitor;
        _sampling = sampling;
        _identity = identity;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Take(_options.TraceRatio);
        _watching = _monitor.OnChange(options => Take(options.TraceRatio));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        _watching?.Dispose();
        IDisposable? export;
        lock (_gate)
        {
            _isOver = true;
            export = _export;
            _export = null;
        }

        if (export is not null)
        {
            await Task.Run(export.Dispose, CancellationToken.None).WaitAsync(s_endLimit, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _watching?.Dispose();

    private void Take(double ratio)
    {
        IDisposable? ended = null;
        lock (_gate)
        {
            // Where to takes a restart: one that runs without a place goes on without spans.
            bool isOn = ratio > 0 && _options.OtlpEndpoint is not null && !_isOver;
            if (isOn == _export is not null && ratio.Equals(_ratio))
            {
                return;
            }

            _ratio = ratio;

            if (isOn)
            {
                _export ??= Begin();
                OperationsLog.Tracing(_logger, ratio, new Uri(_options.OtlpEndpoint!).GetLeftPart(UriPartial.Authority));
            }
            else if (_export is not null)
            {
                ended = _export;
                _export = null;
                OperationsLog.TracingEnded(_logger);
            }

            _sampling.Ratio = isOn ? ratio : 0;
        }

        // It may wait for the collector, for half a second.
        ended?.Dispose();
    }

    // Apart, so that its libraries are loaded by who calls it and by nobody else.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private OtlpTraceExport Begin() => new(_options, _identity);
}
