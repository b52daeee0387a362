using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Shared.Operations.Otlp;

/// <summary>
/// Listens to the spans of these daemons and sends them by OTLP, in the background and bounded: what comes faster than it goes is dropped. What is
/// traced was decided before, by <see cref="Shared.Protocol.Diagnostics.TraceSampling"/> or by who sent a frame.
/// </summary>
internal sealed class OtlpTraceExport : IDisposable
{
    // Of the 4.5 s that a stop may take.
    private const int LastExportMs = 500;

    // Whoever looks for a trace does not wait as long as for a figure.
    private const int MaxDelayMs = 5000;

    private const string TracesPath = "v1/traces";

    private readonly TracerProvider _provider;

    /// <summary>Begins to listen.</summary>
    /// <param name="options">Where to, and how often.</param>
    /// <param name="identity">Whose spans they are.</param>
    public OtlpTraceExport(OpsOptions options, DaemonIdentity identity)
    {
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => OtlpTarget.Describe(resource, identity))
            .SetSampler(new DrawnLinesSampler())
            .AddSource("GameServers.*")
            .AddOtlpExporter(exporter =>
            {
                OtlpTarget.Apply(exporter, options, TracesPath);
                exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds = Math.Min(options.OtlpIntervalMs, MaxDelayMs);
            })
            .Build();
    }

    /// <summary>Sends what is left, for half a second at most, and ends.</summary>
    public void Dispose()
    {
        _ = _provider.Shutdown(LastExportMs);
        _provider.Dispose();
    }
}
