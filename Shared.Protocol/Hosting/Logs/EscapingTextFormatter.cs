using System.Text;
using Serilog.Events;
using Serilog.Formatting;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Hosting.Logs;

/// <summary>
/// Wraps a formatter that writes one event a line, and escapes everything in the line that could act on a terminal or forge another
/// line. What stays is the line's own end. JSON stays valid JSON: such characters only stand inside its strings.
/// </summary>
/// <remarks>The event reaches the output in one write, so that lines of several processes on one pipe do not mix.</remarks>
public sealed class EscapingTextFormatter(ITextFormatter inner) : ITextFormatter
{
    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using StringWriter raw = new();
        inner.Format(logEvent, raw);
        StringBuilder line = new(raw.GetStringBuilder().Length + 16);
        UserText.AppendEscaped(line, raw.ToString().AsSpan().TrimEnd("\r\n"));
        line.Append('\n');
        output.Write(line.ToString());
    }
}
