namespace Shared.Protocol.Hosting;

/// <summary>How a log event is written (<c>Log:Format</c>).</summary>
public enum LogFormat
{
    /// <summary>A line for people; the stack of an exception follows in indented lines.</summary>
    Text = 1,

    /// <summary>One JSON object a line, whatever the event holds.</summary>
    Json,
}
