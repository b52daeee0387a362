using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ChannelD;
using ChatD.Configuration;
using Microsoft.Extensions.Logging;
using Shared.Operations;
using Shared.Protocol.Hosting;
using Testing.Support.Folders;
using Testing.Support.Logging;

namespace System.Tests.Gates;

/// <summary>The run book tells of every alert, every exit code and every log event, and of no other.</summary>
public sealed partial class OperationsDocumentTests
{
    private const string Document = "docs/operations.md";
    private const string Events = "log events";

    private static readonly (Assembly Assembly, string Who)[] s_programs =
    [
        (typeof(ExitCodes).Assembly, "both"), (typeof(OpsOptions).Assembly, "both"), (typeof(ChannelOptions).Assembly, "channelD"), (typeof(ChatOptions).Assembly, "chatD"),
    ];

    private static string Text => File.ReadAllText(Repository.File(Document));

    [Fact]
    public async Task LogEvents_AllAreInTheTableWithWhatTheyMean()
    {
        Dictionary<int, string> meanings = EventRow().Matches(Text)
            .ToDictionary(static row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), static row => row.Groups[2].Value.Trim());
        (MethodInfo Method, LoggerMessageAttribute Attribute, string Who)[] events =
        [
            .. s_programs.SelectMany(program => EventIds.Of(program.Assembly).Select(found => (found.Method, found.Attribute, program.Who)))
                .OrderBy(static found => found.Attribute.EventId),
        ];
        IEnumerable<string> rows = events.Select(found => string.Create(
            CultureInfo.InvariantCulture,
            $"| {found.Attribute.EventId} | {NameOf(found.Attribute.Level)} | {found.Who} | {Cell(found.Attribute.Message)} | {meanings.GetValueOrDefault(found.Attribute.EventId, string.Empty)} |"));

        Assert.Null(await GeneratedPart.FindFaultAsync(
            Document, Events, $"| Id | Level | Daemon | Message | What it means, and what to do |\n|---|---|---|---|---|\n{string.Join('\n', rows)}"));
        Assert.All(events.Select(static found => found.Attribute.EventId), id => Assert.True(
            meanings.GetValueOrDefault(id) is { Length: > 0 }, $"{Document} does not say what event {id} means."));
    }

    [Fact]
    public void Alerts_EachHasItsSectionAndNamesIt()
    {
        string rules = File.ReadAllText(Repository.File("deploy/prometheus/alerts.yml"));
        string tests = File.ReadAllText(Repository.File("deploy/prometheus/alerts.test.yml"));
        string[] alerts = [.. AlertName().Matches(rules).Select(static match => match.Groups[1].Value)];
        string section = Text[Text.IndexOf("\n## Alerts\n", StringComparison.Ordinal)..Text.IndexOf("\n## Incidents\n", StringComparison.Ordinal)];

        Assert.NotEmpty(alerts);
        Assert.Equal(alerts, Heading().Matches(section).Select(static match => match.Groups[1].Value));
        foreach (string alert in alerts)
        {
#pragma warning disable CA1308 // An anchor is in small letters.
            Assert.Contains($"runbook: \"{Document}#{alert.ToLowerInvariant()}\"", rules, StringComparison.Ordinal);
#pragma warning restore CA1308
            Assert.True(tests.Contains($"alertname: {alert}\n        exp_alerts:", StringComparison.Ordinal), $"No test of promtool lets {alert} fire.");
            string own = section[section.IndexOf($"### {alert}\n", StringComparison.Ordinal)..];
            Assert.Matches(@"(?s)^### \w+\n\n- \*\*Cause\*\*: .+?\n- \*\*See\*\*: .+?\n- \*\*Do\*\*: .+?\n", own);
        }
    }

    [Fact]
    public void ExitCodes_AreThoseOfTheDaemons()
    {
        string part = Text[Text.IndexOf("<!-- exit codes:", StringComparison.Ordinal)..];
        part = part[..part.IndexOf("<!-- end -->", StringComparison.Ordinal)];

        Assert.Equal(
            typeof(ExitCodes).GetFields().Select(static code => (int)code.GetRawConstantValue()!).Order(),
            CodeRow().Matches(part).Select(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Links_WithinTheDocument_LeadToAHeading()
    {
        HashSet<string> anchors = [.. AnyHeading().Matches(Text).Select(static match => Anchor(match.Groups[1].Value))];

        Assert.All(InnerLink().Matches(Text).Select(static match => match.Groups[1].Value), link => Assert.Contains(link, anchors));
    }

#pragma warning disable CA1308 // As they are written in a document.
    private static string NameOf(LogLevel level) => level == LogLevel.Critical ? "fatal" : level.ToString().ToLowerInvariant();

    private static string Anchor(string heading) => NotInAnchor().Replace(heading.ToLowerInvariant(), string.Empty).Replace(' ', '-');
#pragma warning restore CA1308

    // A bar would end the cell; and how Serilog formats a value is of no interest here.
    private static string Cell(string message) => message.Replace("|", "\\|", StringComparison.Ordinal).Replace(":l}", "}", StringComparison.Ordinal).Replace(":x16}", "}", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| (\d{4}) \|[^|]*\|[^|]*\|(?:[^|\\]|\\.)*\|((?:[^|\\]|\\.)*)\|$", RegexOptions.Multiline)]
    private static partial Regex EventRow();

    [GeneratedRegex(@"^      - alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"^### (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex CodeRow();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex AnyHeading();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex InnerLink();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchor();
}
