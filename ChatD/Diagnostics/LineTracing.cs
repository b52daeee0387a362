using System.Diagnostics;
using ChatD.Connections;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace ChatD.Diagnostics;

/// <summary>
/// The spans of what players type and of what they are shown, from the source <see cref="SourceName"/>. A line that is not drawn has none, and costs
/// the look at a field. For any thread.
/// </summary>
/// <param name="sampling">Draws the lines that are traced.</param>
internal sealed class LineTracing(TraceSampling sampling)
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "GameServers.ChatD";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>A line was read. Null where it is not traced.</summary>
    public Activity? BeginLine(int sessionId) =>
        s_source.HasListeners() && sampling.Draw()
            ? Spans.Begin(s_source, TraceSampling.LineSpan, ActivityKind.Server, parent: default)?.SetTag(SpanTags.Session, sessionId)
            : null;

    /// <summary>A line has its answer: what it was and how it ended is known from here on. It ends when the answer is written.</summary>
    public static void Describe(Activity span, in ServerResult answer)
    {
        _ = span.SetTag(SpanTags.Outcome, ChatMetrics.NameOf(answer.Outcome)).SetTag(SpanTags.Code, answer.Code);
        if (answer.Command.Length > 0)
        {
            span.DisplayName = $"line {answer.Command}";
            _ = span.SetTag(SpanTags.Command, answer.Command);
        }

        if (OutcomeCodes.IsFault(answer.Outcome, answer.Code))
        {
            Spans.Fail(span, answer.Code);
        }
    }

    /// <summary>The session of a line goes to another channel. Null where that is not traced.</summary>
    /// <param name="line">The line's span; null for none.</param>
    /// <param name="sessionId">The session's number.</param>
    public static Activity? BeginMove(Activity? line, int sessionId) =>
        line is null ? null : Spans.Begin(s_source, "move", ActivityKind.Internal, line.Context)?.SetTag(SpanTags.Session, sessionId);

    /// <summary>The move is over.</summary>
    /// <param name="move">Its span; null for none.</param>
    /// <param name="isThere">Whether the session is where it was to come.</param>
    public static void EndMove(Activity? move, bool isThere)
    {
        if (move is null)
        {
            return;
        }

        _ = move.SetTag(SpanTags.Outcome, ChatMetrics.NameOf(isThere ? OutcomeKind.Ok : OutcomeKind.Error));
        if (!isThere)
        {
            Spans.Fail(move, CommonCodes.ChannelUnavailable);
        }

        Spans.End(move);
    }

    /// <summary>A line was not taken, because its connection ends.</summary>
    public static void EndRefused(Activity span, EndReason reason)
    {
        Spans.Fail(span, reason.ToString());
        Spans.End(span);
    }

    /// <summary>Something that a traced line has caused is about to be shown. Null where nobody wants to know.</summary>
    /// <param name="trace">What came with its frame.</param>
    /// <param name="room">Where it was said.</param>
    /// <param name="recipients">How many sessions it names; 0 for everybody.</param>
    public static Activity? BeginEvent(in TraceContext trace, string room, int recipients) => s_source.HasListeners()
        ? Spans.Begin(s_source, "show event", ActivityKind.Consumer, Spans.ParentOf(trace))?
            .SetTag(SpanTags.MessagingSystem, SpanTags.MessagingSystemValue)
            .SetTag(SpanTags.OperationType, "process")
            .SetTag(SpanTags.Room, room)
            .SetTag(SpanTags.Recipients, recipients)
        : null;
}
