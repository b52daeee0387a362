using OpenTelemetry.Trace;
using Shared.Protocol.Diagnostics;

namespace Shared.Operations.Otlp;

/// <summary>
/// Lets through what belongs to a line or log-in that was drawn: its first span, and whatever has a recorded parent. A span that a command begins while its line is
/// not traced would otherwise be the first of a trace of its own, for every line.
/// </summary>
internal sealed class DrawnLinesSampler : Sampler
{
    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        bool isDrawn = samplingParameters.ParentContext.TraceId == default
            ? TraceSampling.IsFirst(samplingParameters.Name)
            : (samplingParameters.ParentContext.TraceFlags & System.Diagnostics.ActivityTraceFlags.Recorded) != 0;
        return new SamplingResult(isDrawn ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}
