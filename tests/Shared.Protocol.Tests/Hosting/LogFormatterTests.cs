using System.Diagnostics;
using System.Text.Json;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;
using Shared.Protocol.Hosting.Logs;

namespace Shared.Protocol.Tests.Hosting;

public sealed class LogFormatterTests
{
    private const string Hostile = "a\r\n2026-01-01 INF forged\u001b]0;title\u0007\u009b31m\u2028\u2029\u202e\u200b\u007f\ud800z";

    private static string Write(ITextFormatter formatter, Action<ILogger> log)
    {
        FormattingSink sink = new(formatter);
        using Logger logger = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();
        log(logger.ForContext(Constants.SourceContextPropertyName, "Some.Name.Space.Source"));
        return sink.Text;
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException("outer " + message, new IOException("inner " + message));
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
    }

    private static void AssertNothingActsOnATerminal(string text)
    {
        foreach (char unit in text)
        {
            Assert.False(
                unit != '\n' && (char.IsControl(unit) || char.IsSurrogate(unit) || unit is '\u2028' or '\u2029' or '\u202e' or '\u200b'), $"U+{(int)unit:X4} reached the log");
        }
    }

    [Fact]
    public void Json_OfHostileText_IsOneLineAndKeepsTheText()
    {
        string text = Write(new EscapingTextFormatter(new JsonFormatter("\n", renderMessage: true)), logger =>
            logger.Error(Thrown(Hostile), "Name {Name} in " + Hostile, Hostile));

        AssertNothingActsOnATerminal(text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd('\n').Split('\n'));
        using JsonDocument parsed = JsonDocument.Parse(text.Replace("\\ud800", "", StringComparison.Ordinal));
        Assert.Equal(Hostile.Replace("\ud800", "", StringComparison.Ordinal), parsed.RootElement.GetProperty("Properties").GetProperty("Name").GetString());
    }

    [Fact]
    public void Text_OfHostileMessage_IsOneLine()
    {
        string text = Write(new TextLogFormatter(), logger => logger.Information("Name {Name} in " + Hostile, Hostile));

        AssertNothingActsOnATerminal(text);
        string line = Assert.Single(text.TrimEnd('\n').Split('\n'));
        Assert.Contains(" INF Source [0] Name \"a\\u000d\\u000a2026-01-01 INF forged\\u001b]0;title\\u0007\\u009b31m\\u2028\\u2029\\u202e\\u200b\\u007f\\ud800z\" in ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfHostileException_IndentsEveryFurtherLine()
    {
        string text = Write(new TextLogFormatter(), logger => logger.Error(Thrown(Hostile), "Failed"));

        AssertNothingActsOnATerminal(text);
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Contains(" ERR Source [0] Failed", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.StartsWith("    System.InvalidOperationException: outer a\\u000d\\u000a2026", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("    caused by System.IO.IOException: inner a\\u000d", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("at Shared.Protocol.Tests.Hosting.LogFormatterTests.Thrown", StringComparison.Ordinal));
    }

    [Fact]
    public void Line_OfATrace_HasItsIdInBothFormats()
    {
        string before = Write(new TextLogFormatter(), logger => logger.Information("Found"));
        using Activity span = new Activity("line").SetIdFormat(ActivityIdFormat.W3C).Start();
        string text = Write(new TextLogFormatter(), logger => logger.Information("Found"));
        string json = Write(new EscapingTextFormatter(new JsonFormatter("\n", renderMessage: true)), logger => logger.Information("Found"));

        Assert.EndsWith(" INF Source [0] Found\n", before, StringComparison.Ordinal);
        Assert.EndsWith($" INF Source [0] (trace {span.TraceId.ToHexString()}) Found\n", text, StringComparison.Ordinal);
        using JsonDocument parsed = JsonDocument.Parse(json);
        Assert.Equal(span.TraceId.ToHexString(), parsed.RootElement.GetProperty("TraceId").GetString());
        Assert.Equal(span.SpanId.ToHexString(), parsed.RootElement.GetProperty("SpanId").GetString());
    }

    private sealed class FormattingSink(ITextFormatter formatter) : ILogEventSink
    {
        public string Text { get; private set; } = "";

        public void Emit(LogEvent logEvent)
        {
            using StringWriter written = new();
            formatter.Format(logEvent, written);
            Text += written;
        }
    }
}
