namespace Shared.Protocol.Wire;

/// <summary>The W3C trace context of a frame: 25 bytes on the wire, in this order.</summary>
/// <param name="TraceIdHigh">The first eight bytes of the trace id, big-endian.</param>
/// <param name="TraceIdLow">The last eight bytes of the trace id, big-endian.</param>
/// <param name="SpanId">The sender's span id.</param>
/// <param name="Flags">The trace flags; bit 0 is "sampled".</param>
public readonly record struct TraceContext(ulong TraceIdHigh, ulong TraceIdLow, ulong SpanId, byte Flags)
{
    /// <summary>The flag of a trace that is recorded.</summary>
    public const byte SampledFlag = 1;

    /// <summary>Whether the trace is recorded: what is not needs no span anywhere.</summary>
    public bool IsSampled => (Flags & SampledFlag) != 0;

    /// <summary>Whether it names a trace and a span: zeros name none.</summary>
    public bool IsValid => (TraceIdHigh | TraceIdLow) != 0 && SpanId != 0;
}
