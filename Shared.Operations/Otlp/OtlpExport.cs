using OpenTelemetry;
using OpenTelemetry.Metrics;
using Shared.Operations.Metrics;

namespace Shared.Operations.Otlp;

/// <summary>
/// Sends metrics by OTLP. Everything of OpenTelemetry is behind this class and <see cref="OtlpTraceExport"/>, so that its libraries are not even
/// loaded where neither is used.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    // Of the 4.5 s that a stop may take.
    private const int LastExportMs = 500;

    private const string MetricsPath = "v1/metrics";

    private readonly MeterProvider _provider;

    /// <summary>Begins to send.</summary>
    /// <param name="options">Where to, and how often.</param>
    /// <param name="identity">Whose metrics they are.</param>
    public OtlpExport(OpsOptions options, DaemonIdentity identity)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => OtlpTarget.Describe(resource, identity))
            .AddMeter([.. MeterSelection.Names])
            .SetMaxMetricStreams(MetricFamilies.MaxFamilies)
            .AddOtlpExporter((exporter, reader) =>
            {
                OtlpTarget.Apply(exporter, options, MetricsPath);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.OtlpIntervalMs;
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
