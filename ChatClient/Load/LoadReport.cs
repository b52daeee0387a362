using System.Globalization;
using System.Text;
using System.Text.Json;
using Shared.Protocol.Requests;
using Shared.Terminal;

namespace ChatClient.Load;

/// <summary>What a load came to, for people and for programs.</summary>
/// <param name="Options">What was wanted.</param>
/// <param name="Tally">What was counted.</param>
/// <param name="Measured">How long was measured.</param>
/// <param name="Lost">Connections that were lost for good, with the reasons.</param>
/// <param name="Unanswered">Lines that had no answer at the end.</param>
/// <param name="Moments">How it went, in order.</param>
public sealed record LoadReport(
    LoadOptions Options, LoadTally Tally, TimeSpan Measured, IReadOnlyList<string> Lost, long Unanswered, IReadOnlyList<LoadMoment> Moments)
{
    private static readonly double[] s_shares = [0.5, 0.99, 0.999];

    /// <summary>Whether every line was answered, none of them busy or unknown.</summary>
    public bool IsWhole => Lost.Count == 0 && Unanswered == 0 && Tally.Overruns == 0
        && Tally.CountOf(OutcomeKind.Busy) + Tally.CountOf(OutcomeKind.Unknown) == 0;

    /// <summary>A time in the unit that suits it.</summary>
    public static string Time(long ns) => ns switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{ns / 1e3:0.00} µs"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{ns / 1e3:0} µs"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{ns / 1e6:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ns / 1e9:0.00} s"),
    };

    /// <summary>The report as a table.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        string load = Options.RatePerSecond > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Options.RatePerSecond:N0} lines/s in all, timed from when each was due")
            : string.Create(CultureInfo.InvariantCulture, $"{Options.Pipeline} in flight each");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Options.Clients:N0} players, {load}, {Options.Mix}, {Measured.TotalSeconds:0.0} s");
        text.AppendLine();
        text.AppendLine("line            answers   answers/s        p50        p99      p99.9        max");
        foreach (LoadLineKind kind in Enum.GetValues<LoadLineKind>().Where(kind => Tally.Of(kind).Count > 0))
        {
            Append(text, kind.ToString().ToLowerInvariant(), Tally.Of(kind));
        }

        if (Tally.Deliveries.Count > 0)
        {
            Append(text, "shown", Tally.Deliveries);
        }

        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"ok {Tally.CountOf(OutcomeKind.Ok):N0}   error {Tally.CountOf(OutcomeKind.Error):N0}   busy {Tally.CountOf(OutcomeKind.Busy):N0}   unknown {Tally.CountOf(OutcomeKind.Unknown):N0}   unanswered {Unanswered:N0}   not sent {Tally.Overruns:N0}   reconnects {Tally.Reconnects:N0}   connections lost {Lost.Count:N0}");
        text.AppendLine(string.Join("   ", Tally.Codes.OrderByDescending(static pair => pair.Value).Select(
            static pair => string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Of(pair.Key)} {pair.Value:N0}"))));
        if (Tally.Codes.TryGetValue("rate_limited", out long limited))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"WARNING: {limited:N0} lines were refused by the limits of each player and not run; start the channelDs with --Limits:Enabled=false.");
        }

        foreach (string reason in Lost.Distinct().Take(5))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"lost: {VisibleText.Of(reason)}");
        }

        return text.ToString();
    }

    /// <summary>The report as one JSON object.</summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", "load");
            json.WriteNumber("clients", Options.Clients);
            json.WriteNumber("ratePerSecond", Options.RatePerSecond);
            json.WriteNumber("pipeline", Options.Pipeline);
            json.WriteString("mix", Options.Mix.ToString());
            json.WriteNumber("seconds", Measured.TotalSeconds);
            json.WriteStartObject("lines");
            foreach (LoadLineKind kind in Enum.GetValues<LoadLineKind>().Where(kind => Tally.Of(kind).Count > 0))
            {
                Write(json, kind.ToString().ToLowerInvariant(), Tally.Of(kind));
            }

            json.WriteEndObject();
            Write(json, "shown", Tally.Deliveries);
            json.WriteStartObject("outcomes");
            foreach (OutcomeKind outcome in Enum.GetValues<OutcomeKind>())
            {
                json.WriteNumber(outcome.ToString().ToLowerInvariant(), Tally.CountOf(outcome));
            }

            json.WriteEndObject();
            json.WriteStartObject("codes");
            foreach ((string code, long count) in Tally.Codes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(code, count);
            }

            json.WriteEndObject();
            json.WriteNumber("unanswered", Unanswered);
            json.WriteNumber("notSent", Tally.Overruns);
            json.WriteNumber("reconnects", Tally.Reconnects);
            json.WriteNumber("newSessions", Tally.NewSessions);
            json.WriteNumber("connectionsLost", Lost.Count);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private void Append(StringBuilder text, string name, LatencyHistogram times)
    {
        text.Append(CultureInfo.InvariantCulture, $"{name,-12}{times.Count,11:N0}{times.Count / Measured.TotalSeconds,12:N0}");
        foreach (double share in s_shares)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Time(times.PercentileNs(share)),11}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{Time(times.MaxNs),11}");
    }

    private void Write(Utf8JsonWriter json, string name, LatencyHistogram times)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", times.Count);
        json.WriteNumber("perSecond", times.Count / Measured.TotalSeconds);
        json.WriteNumber("p50Us", times.PercentileNs(0.5) / 1e3);
        json.WriteNumber("p99Us", times.PercentileNs(0.99) / 1e3);
        json.WriteNumber("p999Us", times.PercentileNs(0.999) / 1e3);
        json.WriteNumber("maxUs", times.MaxNs / 1e3);
        json.WriteEndObject();
    }
}
