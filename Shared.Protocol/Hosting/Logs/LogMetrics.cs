using System.Diagnostics.Metrics;

namespace Shared.Protocol.Hosting.Logs;

/// <summary>Meters what the log lost, by output.</summary>
internal sealed class LogMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "GameServers.Log";

    private readonly Meter _meter;

    /// <summary>Meters a log until disposed.</summary>
    public LogMetrics(IMeterFactory meters, DaemonLog log)
    {
        _meter = meters.Create(MeterName);
        _meter.CreateObservableCounter(
            "log.dropped", () => Measure(log, output => output.DroppedEvents), "{event}", "Events dropped because the buffer of an output was full.");
        _meter.CreateObservableCounter(
            "log.failed", () => Measure(log, output => output.FailedEvents), "{event}", "Events that an output could not write.");
        _meter.CreateObservableGauge(
            "log.waiting", () => Measure(log, output => output.WaitingEvents), "{event}", "Events that wait to be written.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(DaemonLog log, Func<SinkMonitor, long> count) =>
        log.Outputs.Select(output => new Measurement<long>(count(output), new KeyValuePair<string, object?>("output", output.Output)));
}
