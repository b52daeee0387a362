using System.Globalization;
using System.Text;
using Measuring;

namespace PingPong;

/// <summary>Everything that was measured, as an object and as text.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Rounds">How often each side was measured.</param>
/// <param name="Seconds">How long each time.</param>
/// <param name="RequestBytes">The bytes of a request, without its message type.</param>
/// <param name="ResultBytes">The bytes of a result.</param>
/// <param name="ResultObjectBytes">What the strings and lists of a result take in the asking process.</param>
/// <param name="RequestObjectBytes">What the string of a request takes in the answering process.</param>
/// <param name="OneInFlight">One request in flight.</param>
/// <param name="ManyInFlight">Many in flight, one message each.</param>
public sealed record Report(
    Machine Machine,
    int Rounds,
    double Seconds,
    int RequestBytes,
    int ResultBytes,
    long ResultObjectBytes,
    long RequestObjectBytes,
    Comparison OneInFlight,
    Comparison ManyInFlight)
{
    /// <summary>The report for people.</summary>
    internal string ToText()
    {
        var text = new StringBuilder();
        Line($"{Machine.Processor}, {Machine.Cores} cores · {Machine.Kernel} · {Machine.Runtime} · load {Machine.LoadAverage}");
        Line($"request {RequestBytes} bytes, result {ResultBytes} bytes · {Rounds} rounds of {Seconds} s each, C and library in turn, medians");
        AppendComparison(OneInFlight);
        AppendComparison(ManyInFlight);
        Line($"");
        Line($"allocated per request with 1 in flight:");
        Line($"  asking process    {Medians.Of(OneInFlight.Library, m => m.AskerBytes),7:F1} bytes, of which the result's strings and list are {ResultObjectBytes}");
        Line($"  answering process {Medians.Of(OneInFlight.Library, m => m.AnswererBytes),7:F1} bytes, of which the request's string is {RequestObjectBytes}");
        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

        void AppendComparison(Comparison comparison)
        {
            Line($"");
            Line($"{comparison.Window} in flight    p50 µs    p99 µs   round trips/s   switches/round trip");
            AppendRow("C", comparison.C);
            AppendRow("library", comparison.Library);
            if (comparison.TimeRatio is not { } time)
            {
                Line($"  no C compiler ($CC, cc, gcc), so nothing to compare with");
                return;
            }

            IReadOnlyList<double> each = comparison.RoundTimeRatios;
            Line($"  library/C: time {time:F3}, rate {comparison.RateRatio:F3}; time by round: {each[0]:F3} … {Medians.Middle(each):F3} … {each[^1]:F3}");
        }

        void AppendRow(string side, IReadOnlyList<Measurement> rounds)
        {
            if (rounds.Count > 0)
            {
                Line($"  {side,-10}{Median(m => m.P50Us),10:F2}{Median(m => m.P99Us),10:F2}{Median(m => m.PerSecond),16:F0}{Median(m => m.Switches),14:F2}");
            }

            double Median(Func<Measurement, double> figure) => Medians.Of(rounds, figure);
        }
    }
}
