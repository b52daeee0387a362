using System.Diagnostics;
using OpenTelemetry.Trace;
using Shared.Operations.Otlp;

namespace Shared.Operations.Tests;

public sealed class DrawnLinesSamplerTests
{
    [Theory]
    [InlineData("line", null, SamplingDecision.RecordAndSample)]
    [InlineData("log_in", null, SamplingDecision.RecordAndSample)]
    [InlineData("price", null, SamplingDecision.Drop)]
    [InlineData("price", ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData("price", ActivityTraceFlags.None, SamplingDecision.Drop)]
    [InlineData("line", ActivityTraceFlags.None, SamplingDecision.Drop)]
    public void ShouldSample_OnlyWhatBelongsToALineThatWasDrawn(string name, ActivityTraceFlags? parent, SamplingDecision expected)
    {
        ActivityContext context = parent is { } flags ? new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags) : default;
        SamplingParameters parameters = new(context, ActivityTraceId.CreateRandom(), name, ActivityKind.Internal, null, null);
        Assert.Equal(expected, new DrawnLinesSampler().ShouldSample(parameters).Decision);
    }
}
