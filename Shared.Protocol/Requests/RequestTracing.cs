using System.Diagnostics;
using System.Globalization;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// The spans of a request on both of its sides, from the source <see cref="SourceName"/>. A request without a recorded span above it has none, and
/// its frame no trace: then all that it costs is to see that.
/// </summary>
internal static class RequestTracing
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "GameServers.Requests";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>A request is asked for. Null where nobody wants to know.</summary>
    public static Activity? BeginRequest(Activity parent, string name, Mailbox to, int userId) =>
        Begin($"request {name}", ActivityKind.Client, parent.Context, "send", to, userId);

    /// <summary>A request has come, and its handler is about to run. Null where nobody wants to know.</summary>
    public static Activity? BeginHandle(in TraceContext trace, string name, Mailbox mailbox, in Envelope envelope) => s_source.HasListeners()
        ? Begin($"handle {name}", ActivityKind.Server, Spans.ParentOf(trace), "process", mailbox, envelope.UserId)?
            .SetTag(SpanTags.MessageId, envelope.RequestId)
        : null;

    /// <summary>A request has ended at its asker.</summary>
    public static void EndRequest(Activity span, OutcomeKind? outcome, string? code, ITracedResult? result)
    {
        _ = span.SetTag(SpanTags.Outcome, outcome is { } kind ? RequestMetrics.NameOf(kind) : "cancelled");
        if (outcome is { } ended)
        {
            Describe(span, ended, code, result);
        }

        Spans.End(span);
    }

    /// <summary>A handler is through, and its result on its way.</summary>
    /// <param name="span">The span.</param>
    /// <param name="body">What it has brought.</param>
    /// <param name="isLate">Whether the asker had been told of a time-out by then.</param>
    public static void EndHandle<T>(Activity span, in ResultBody<T> body, bool isLate)
        where T : IWireMessage<T>
    {
        if (isLate)
        {
            Spans.Fail(span, OutcomeCodes.HandlerTimeout);
        }
        else
        {
            OutcomeKind kind = body.Status switch
            {
                ResultStatus.Ok => OutcomeKind.Ok,
                ResultStatus.Error => OutcomeKind.Error,
                _ => OutcomeKind.Busy,
            };
            _ = span.SetTag(SpanTags.Outcome, RequestMetrics.NameOf(kind));
            Describe(span, kind, body.Code, body.HasMessage ? body.Message as ITracedResult : null);
        }

        Spans.End(span);
    }

    private static Activity? Begin(string name, ActivityKind kind, in ActivityContext parent, string operation, Mailbox mailbox, int userId)
    {
        Activity? span = Spans.Begin(s_source, name, kind, parent);
        if (span is { IsAllDataRequested: true })
        {
            _ = span
                .SetTag(SpanTags.MessagingSystem, SpanTags.MessagingSystemValue)
                .SetTag(SpanTags.OperationType, operation)
                .SetTag(SpanTags.Destination, NameOf(mailbox))
                .SetTag(SpanTags.Session, userId);
        }

        return span;
    }

    private static void Describe(Activity span, OutcomeKind kind, string? code, ITracedResult? result)
    {
        if (!span.IsAllDataRequested)
        {
            return;
        }

        if (result is { Command.Length: > 0 })
        {
            _ = span.SetTag(SpanTags.Command, result.Command);
        }

        string? shown = result is { Code.Length: > 0 } ? result.Code : code;
        _ = shown is null ? span : span.SetTag(SpanTags.Code, shown);
        if (OutcomeCodes.IsFault(kind, code))
        {
            Spans.Fail(span, code ?? RequestMetrics.NameOf(kind));
        }
    }

    private static string NameOf(Mailbox mailbox) =>
        string.Create(CultureInfo.InvariantCulture, $"{mailbox.Kind.ToString().ToLowerInvariant()}/{mailbox.Instance}");
}
