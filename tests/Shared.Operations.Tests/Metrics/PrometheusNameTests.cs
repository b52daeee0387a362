using Shared.Operations.Metrics;

namespace Shared.Operations.Tests.Metrics;

public sealed class PrometheusNameTests
{
    [Theory]
    [InlineData("chatd.lines", "{line}", MetricKind.Counter, "chatd_lines_total")]
    [InlineData("already.total", null, MetricKind.Counter, "already_total")]
    [InlineData("ipc.request.duration", "s", MetricKind.Histogram, "ipc_request_duration_seconds")]
    [InlineData("ipc.queue.size", "By", MetricKind.Gauge, "ipc_queue_size_bytes")]
    [InlineData("size_bytes", "By", MetricKind.Gauge, "size_bytes")]
    [InlineData("used", "1", MetricKind.Gauge, "used_ratio")]
    [InlineData("used", "1", MetricKind.Counter, "used_total")]
    [InlineData("timer.count", "{timer}", MetricKind.Gauge, "timer_count_current")]
    [InlineData("rows.total", "{row}", MetricKind.Gauge, "rows_total_current")]
    [InlineData("9 lives/cat", "", MetricKind.Gauge, "_9_lives_cat")]
    [InlineData("rate", "By/s", MetricKind.Gauge, "rate_By_s")]
    [InlineData("찾기", "", MetricKind.Gauge, "_")]
    public void Of_InstrumentAndUnit_FollowsTheConventions(string instrument, string? unit, object kind, string expected) =>
        Assert.Equal(expected, PrometheusName.Of(instrument, unit, (MetricKind)kind));

    [Fact]
    public void OfLabel_DotsAndColons_BecomeUnderscores() => Assert.Equal("error_type_x", PrometheusName.OfLabel("error.type:x"));
}
