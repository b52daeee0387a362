using System.Diagnostics;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Requests;

namespace ChatD.Diagnostics;

/// <summary>
/// The spans of players who come in, from the same source as those of their lines. A log-in that is not drawn has none, and costs the look at a field.
/// For any thread.
/// </summary>
/// <param name="sampling">Draws the log-ins that are traced.</param>
internal sealed class LogInTracing(TraceSampling sampling)
{
    /// <summary>The code of an admission that lets the channel be asked.</summary>
    public const string Admitted = "admitted";

    /// <summary>The code of a log-in that made a session.</summary>
    public const string LoggedIn = "logged_in";

    /// <summary>The code of a log-in that went on with one.</summary>
    public const string Resumed = "resumed";

    private static readonly ActivitySource s_source = new(LineTracing.SourceName);

    /// <summary>A log-in was read. Null where it is not traced.</summary>
    public Activity? BeginLogIn() =>
        s_source.HasListeners() && sampling.Draw() ? Spans.Begin(s_source, TraceSampling.LogInSpan, ActivityKind.Server, parent: default) : null;

    /// <summary>It is looked at whether the player may come in, and waited for the channel. Null where that is not traced.</summary>
    public static Activity? BeginAdmission(Activity? logIn) =>
        logIn is null ? null : Spans.Begin(s_source, "admit", ActivityKind.Internal, logIn.Context);

    /// <summary>Either has ended.</summary>
    /// <param name="span">The span; null for none.</param>
    /// <param name="sessionId">The session's number; 0 where there is none.</param>
    /// <param name="outcome">How.</param>
    /// <param name="code">Why, or what came of it.</param>
    public static void End(Activity? span, int sessionId, OutcomeKind outcome, string code)
    {
        if (span is null)
        {
            return;
        }

        _ = span.SetTag(SpanTags.Outcome, ChatMetrics.NameOf(outcome)).SetTag(SpanTags.Code, code);
        if (sessionId != 0)
        {
            _ = span.SetTag(SpanTags.Session, sessionId);
        }

        if (OutcomeCodes.IsFault(outcome, code))
        {
            Spans.Fail(span, code);
        }

        Spans.End(span);
    }
}
