using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;

namespace Shared.Operations.Otlp;

/// <summary>Where what is sent by OTLP goes, and whose it is.</summary>
internal static class OtlpTarget
{
    /// <summary>Names the daemon: <c>gameservers/chatd</c>, and the machine and its number there.</summary>
    public static void Describe(ResourceBuilder resource, DaemonIdentity identity) => resource.AddService(
        identity.Name.ToLowerInvariant(), "gameservers", serviceInstanceId: $"{Environment.MachineName}-{identity.Claim.Instance}");

    /// <summary>Sets an exporter up.</summary>
    /// <param name="exporter">The exporter.</param>
    /// <param name="options">Where to, and how.</param>
    /// <param name="path">What HTTP adds to a base address, as with OTEL_EXPORTER_OTLP_ENDPOINT.</param>
    public static void Apply(OtlpExporterOptions exporter, OpsOptions options, string path)
    {
        bool isGrpc = options.OtlpProtocol == OtlpWire.Grpc;
        Uri endpoint = new(options.OtlpEndpoint!);
        exporter.Endpoint = isGrpc || endpoint.AbsolutePath != "/" ? endpoint : new Uri(endpoint, path);
        exporter.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
    }
}
