using System.Buffers.Binary;
using System.Diagnostics;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Diagnostics;

/// <summary>
/// Begins and ends spans whose parents are named, and leaves <see cref="Activity.Current"/> as it was: continuations run on the threads that read the
/// queues, and what one request left there would become the parent of the next one's. For any thread.
/// </summary>
public static class Spans
{
    private const int TraceIdBytes = 16;

    /// <summary>Begins a span.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="name">What it is, in words of a few.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="parent">The span that it is a part of; default for the first of a trace.</param>
    /// <returns>Null where nobody wants it.</returns>
    public static Activity? Begin(ActivitySource source, string name, ActivityKind kind, in ActivityContext parent)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners())
        {
            return null;
        }

        // Without a parent, whatever is current would be taken for it.
        Activity? current = Activity.Current;
        Activity.Current = null;
        Activity? span = source.StartActivity(name, kind, parent);
        Activity.Current = current;
        return span;
    }

    /// <summary>Ends a span, on whatever thread.</summary>
    public static void End(Activity span)
    {
        ArgumentNullException.ThrowIfNull(span);
        Activity? current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }

    /// <summary>The span that runs here: the one that was made current for a handler. Null where none does, or nobody listens to its source.</summary>
    /// <param name="source">Who wants to know; where nobody listens to it, this costs the look at a field.</param>
    public static Activity? RunningFor(ActivitySource source)
    {
        ArgumentNullException.ThrowIfNull(source);

        // A timer that a handler has made keeps its span for ever: one that has ended is nobody's parent.
        return source.HasListeners() && Activity.Current is { IsStopped: false, Recorded: true } running ? running : null;
    }

    /// <summary>Marks a span as failed.</summary>
    /// <param name="span">The span.</param>
    /// <param name="code">Why, in a word of a few.</param>
    public static void Fail(Activity span, string code)
    {
        ArgumentNullException.ThrowIfNull(span);
        _ = span.SetTag(SpanTags.ErrorType, code).SetStatus(ActivityStatusCode.Error, code);
    }

    /// <summary>What travels of a span; null where it is not recorded.</summary>
    public static TraceContext? ContextOf(Activity? span)
    {
        if (span is not { Recorded: true, IdFormat: ActivityIdFormat.W3C })
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[TraceIdBytes + sizeof(ulong)];
        span.TraceId.CopyTo(bytes[..TraceIdBytes]);
        span.SpanId.CopyTo(bytes[TraceIdBytes..]);
        return new TraceContext(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[TraceIdBytes..]),
            TraceContext.SampledFlag);
    }

    /// <summary>The parent that came with a frame. Allocates: for recorded ones alone.</summary>
    public static ActivityContext ParentOf(in TraceContext trace)
    {
        Span<byte> bytes = stackalloc byte[TraceIdBytes + sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, trace.TraceIdHigh);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], trace.TraceIdLow);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[TraceIdBytes..], trace.SpanId);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(bytes[..TraceIdBytes]),
            ActivitySpanId.CreateFromBytes(bytes[TraceIdBytes..]),
            trace.IsSampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
            traceState: null,
            isRemote: true);
    }
}
