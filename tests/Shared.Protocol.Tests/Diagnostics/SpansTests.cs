using System.Diagnostics;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Wire;
using Testing.Support.Tracing;

namespace Shared.Protocol.Tests.Diagnostics;

public sealed class SpansTests : IDisposable
{
    private readonly ActivitySource _source = new($"test {Guid.NewGuid()}");

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Begin_NobodyListens_IsNull() => Assert.Null(Spans.Begin(_source, "x", ActivityKind.Internal, parent: default));

    [Fact]
    public void Begin_WithoutAParent_IsARootWhateverIsCurrentAndLeavesThatCurrent()
    {
        using var recorder = new SpanRecorder(_source.Name);
        using Activity outer = new Activity("outer").Start();
        Activity span = Begin();
        Assert.Equal((default(ActivitySpanId), outer), (span.ParentSpanId, Activity.Current));
        Assert.NotEqual(outer.TraceId, span.TraceId);
        Spans.End(span);
        Assert.Same(outer, Activity.Current);
        Assert.Same(span, Assert.Single(recorder.All));
    }

    [Fact]
    public void End_OnAThreadWhereAnotherIsCurrent_LeavesThatOne()
    {
        using var recorder = new SpanRecorder(_source.Name);
        using Activity before = new Activity("before").Start();
        Activity span = Begin();
        before.Stop();
        using Activity other = new Activity("other").Start();
        Spans.End(span);
        Assert.Same(other, Activity.Current);
    }

    [Fact]
    public void RunningFor_OneThatHasEnded_IsNobodysParent()
    {
        using var recorder = new SpanRecorder(_source.Name);
        Activity span = Begin();
        Activity.Current = span;
        Assert.Same(span, Spans.RunningFor(_source));

        // As a timer keeps it that was made meanwhile.
        ExecutionContext kept = ExecutionContext.Capture()!;
        Activity.Current = null;
        Spans.End(span);
        Activity? seen = null;
        Activity? running = span;
        ExecutionContext.Run(kept, _ => (seen, running) = (Activity.Current, Spans.RunningFor(_source)), null);
        Assert.Same(span, seen);
        Assert.Null(running);
    }

    [Fact]
    public void ContextOf_ASpan_ComesBackAsItsChildrensParent()
    {
        using var recorder = new SpanRecorder(_source.Name);
        Activity span = Begin();
        TraceContext context = Assert.NotNull(Spans.ContextOf(span));
        ActivityContext parent = Spans.ParentOf(context);
        Assert.Equal((span.TraceId, span.SpanId, ActivityTraceFlags.Recorded, true), (parent.TraceId, parent.SpanId, parent.TraceFlags, parent.IsRemote));
        Assert.Equal($"{context.TraceIdHigh:x16}{context.TraceIdLow:x16}", span.TraceId.ToHexString());
        Spans.End(span);
    }

    [Fact]
    public void ContextOf_WhatIsNotRecorded_IsNone()
    {
        using Activity unrecorded = new Activity("x").Start();
        Assert.Null(Spans.ContextOf(unrecorded));
        Assert.Null(Spans.ContextOf(null));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 10_000, 10_000)]
    [InlineData(0.5, 4_000, 6_000)]
    [InlineData(0.01, 20, 400)]
    public void Draw_OfTenThousand_IsItsShare(double ratio, int least, int most)
    {
        var sampling = new TraceSampling { Ratio = ratio };
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => sampling.Draw()), least, most);
        Assert.Equal(ratio, sampling.Ratio, precision: 12);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Ratio_OutOfRange_Throws(double ratio) => Assert.Throws<ArgumentOutOfRangeException>(() => new TraceSampling().Ratio = ratio);

    [Fact]
    public void BoundedLabel_BeyondTheBound_IsOther()
    {
        var label = new BoundedLabel(maxValues: 2);
        Assert.Equal(["a", "b", "other", "a", "none", "other"], ((string[])["a", "b", "c", "a", "", new string('x', 65)]).Select(label.Of));
    }

    private Activity Begin() => Spans.Begin(_source, "x", ActivityKind.Internal, parent: default) ?? throw new InvalidOperationException("Nobody listens.");
}
