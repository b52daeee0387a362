using System.Globalization;
using System.Text;
using Serilog.Events;
using Serilog.Formatting;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Hosting.Logs;

/// <summary>
/// Writes an event for people: <c>time level source [event id] message</c> in one line; of a traced line, <c>(trace id)</c> stands before the message. The stack of an exception follows in
/// lines that begin with four spaces; no other line does, and no text of a user can begin a line.
/// </summary>
/// <remarks>The event reaches the output in one write.</remarks>
public sealed class TextLogFormatter : ITextFormatter
{
    private const string Indent = "    ";

    // An exception can hold itself, through another.
    private const int MaxExceptionDepth = 8;

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ArgumentNullException.ThrowIfNull(output);
        StringBuilder lines = new(256);
        lines.Append(CultureInfo.InvariantCulture, $"{logEvent.Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {LevelName(logEvent.Level)} ");
        UserText.AppendEscaped(lines, ShortSource(logEvent));
        lines.Append(CultureInfo.InvariantCulture, $" [{EventId(logEvent)}] ");
        if (logEvent.TraceId is { } trace)
        {
            lines.Append("(trace ").Append(trace.ToHexString()).Append(") ");
        }

        using (StringWriter message = new(CultureInfo.InvariantCulture))
        {
            logEvent.RenderMessage(message, CultureInfo.InvariantCulture);
            UserText.AppendEscaped(lines, message.ToString());
        }

        lines.Append('\n');
        AppendException(lines, logEvent.Exception, "", 0);
        output.Write(lines.ToString());
    }

    private static void AppendException(StringBuilder lines, Exception? exception, string prefix, int depth)
    {
        if (exception is null || depth >= MaxExceptionDepth)
        {
            return;
        }

        lines.Append(Indent).Append(prefix).Append(exception.GetType().FullName).Append(": ");
        UserText.AppendEscaped(lines, exception.Message);
        lines.Append('\n');
        // The stack is written by the runtime: its line ends are real ones.
        foreach (ReadOnlySpan<char> frame in exception.StackTrace.AsSpan().EnumerateLines())
        {
            if (!frame.IsWhiteSpace())
            {
                lines.Append(Indent).Append(Indent);
                UserText.AppendEscaped(lines, frame.Trim());
                lines.Append('\n');
            }
        }

        IReadOnlyCollection<Exception> causes = exception is AggregateException many ? many.InnerExceptions
            : exception.InnerException is { } inner ? [inner] : [];
        foreach (Exception cause in causes)
        {
            AppendException(lines, cause, "caused by ", depth + 1);
        }
    }

    private static ReadOnlySpan<char> ShortSource(LogEvent logEvent)
    {
        if (logEvent.Properties.GetValueOrDefault("SourceContext") is not ScalarValue { Value: string source })
        {
            return "-";
        }

        return source.AsSpan()[(source.LastIndexOf('.') + 1)..];
    }

    // The bridge from Microsoft.Extensions.Logging writes the event id as a structure of Id and Name.
    private static int EventId(LogEvent logEvent)
    {
        if (logEvent.Properties.GetValueOrDefault("EventId") is StructureValue structure)
        {
            foreach (LogEventProperty property in structure.Properties)
            {
                if (property is { Name: "Id", Value: ScalarValue { Value: int id } })
                {
                    return id;
                }
            }
        }

        return 0;
    }

    private static string LevelName(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "VRB",
        LogEventLevel.Debug => "DBG",
        LogEventLevel.Information => "INF",
        LogEventLevel.Warning => "WRN",
        LogEventLevel.Error => "ERR",
        _ => "FTL",
    };
}
