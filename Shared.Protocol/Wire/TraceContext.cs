namespace Shared.Protocol.Wire;

/// <summary>The W3C trace context of a request: 25 bytes on the wire, in this order.</summary>
/// <param name="TraceIdHigh">The first eight bytes of the trace id, big-endian.</param>
/// <param name="TraceIdLow">The last eight bytes of the trace id, big-endian.</param>
/// <param name="SpanId">The id of the sender's span, big-endian.</param>
/// <param name="Flags">The trace flags; bit 0 is "sampled".</param>
public readonly record struct TraceContext(ulong TraceIdHigh, ulong TraceIdLow, ulong SpanId, byte Flags);
