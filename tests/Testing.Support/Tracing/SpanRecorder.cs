using System.Collections.Concurrent;
using System.Diagnostics;

namespace Testing.Support.Tracing;

/// <summary>Wants all spans of some sources and keeps those that have ended. Tests that run at the same time see each other's: look by trace.</summary>
public sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    /// <summary>Begins to listen.</summary>
    /// <param name="sources">The names of the sources.</param>
    public SpanRecorder(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Those that have ended, in the order of their ends.</summary>
    public IReadOnlyList<Activity> All => [.. _ended];

    /// <summary>Those of one trace.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
