using System.Diagnostics;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Wire;

namespace ChannelD.Diagnostics;

/// <summary>
/// The spans of what a handler does beyond memory, from the source <see cref="SourceName"/>. Their parent is the handler's, which is current while it
/// runs; without one there are none, and nothing is paid for. For any thread.
/// </summary>
internal static class ChannelTracing
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "GameServers.ChannelD";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>What goes with a frame that the running handler has caused; null where that is not traced.</summary>
    public static TraceContext? ContextOfRunning() => s_source.HasListeners() ? Spans.ContextOf(Spans.RunningFor(s_source)) : null;

    /// <summary>An operation of the kept state begins. Null where nobody wants to know.</summary>
    /// <param name="system">The database, as OpenTelemetry names it.</param>
    /// <param name="operation">What is done there.</param>
    /// <param name="isRemote">Whether it is on a server.</param>
    public static Activity? BeginState(string system, string operation, bool isRemote) => Spans.RunningFor(s_source) is { } parent
        ? Spans.Begin(s_source, $"state {operation}", isRemote ? ActivityKind.Client : ActivityKind.Internal, parent.Context)?
            .SetTag(SpanTags.DatabaseSystem, system)
            .SetTag(SpanTags.DatabaseOperation, operation)
        : null;

    /// <summary>It has ended.</summary>
    public static void EndState(Activity span, string outcome)
    {
        _ = span.SetTag(SpanTags.Outcome, outcome);
        if (outcome == StateMetrics.Failed)
        {
            Spans.Fail(span, outcome);
        }

        Spans.End(span);
    }
}
