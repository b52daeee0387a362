namespace Shared.Operations;

/// <summary>How OTLP is spoken (<c>Ops:OtlpProtocol</c>).</summary>
public enum OtlpWire
{
    /// <summary>Protobuf over HTTP; the usual port is 4318.</summary>
    Http = 1,

    /// <summary>gRPC; the usual port is 4317.</summary>
    Grpc,
}
