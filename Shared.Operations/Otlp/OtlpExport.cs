using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Shared.Operations.Metrics;

namespace Shared.Operations.Otlp;

/// <summary>Sends metrics by OTLP. Everything of OpenTelemetry is behind this class, so that its libraries are not even loaded where it is not used.</summary>
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
            .ConfigureResource(resource => resource.AddService(
                identity.Name.ToLowerInvariant(),
                "gameservers",
                serviceInstanceId: $"{Environment.MachineName}-{identity.Claim.Instance}"))
            .AddMeter([.. MeterSelection.Names])
            .SetMaxMetricStreams(MetricFamilies.MaxFamilies)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = EndpointOf(options);
                exporter.Protocol = options.OtlpProtocol == OtlpWire.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
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

    // As in OTEL_EXPORTER_OTLP_ENDPOINT: a base address, to which HTTP adds the path.
    private static Uri EndpointOf(OpsOptions options)
    {
        Uri endpoint = new(options.OtlpEndpoint!);
        return options.OtlpProtocol == OtlpWire.Http && endpoint.AbsolutePath == "/" ? new Uri(endpoint, MetricsPath) : endpoint;
    }
}
