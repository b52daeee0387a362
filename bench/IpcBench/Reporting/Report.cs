using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using IpcBench.Running;
using Measuring;

namespace IpcBench.Reporting;

/// <summary>Everything that was measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Runs">How often each was measured.</param>
/// <param name="Seconds">How long each time.</param>
/// <param name="HasC">Whether there was a C compiler.</param>
/// <param name="SizesBytes">The sizes, in bytes.</param>
/// <param name="InFlight">The numbers in flight.</param>
/// <param name="QuantileShares">Of which shares of round trips times are told.</param>
/// <param name="Rows">The figures.</param>
/// <param name="Skipped">What is missing, and why.</param>
internal sealed record Report(
    Machine Machine,
    DateTimeOffset StartedAt,
    int Runs,
    double Seconds,
    bool HasC,
    IReadOnlyList<int> SizesBytes,
    IReadOnlyList<int> InFlight,
    IReadOnlyList<double> QuantileShares,
    IReadOnlyList<ReportRow> Rows,
    IReadOnlyList<Skipped> Skipped)
{
    // Its default escapes what would end a script in a page.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly JsonSerializerOptions s_indented = new(s_json) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>From what was measured.</summary>
    internal static Report From(IpcBenchOptions options, bool hasC, DateTimeOffset startedAt, Machine machine, IReadOnlyList<SubjectRow> rows, IReadOnlyList<Skipped> skipped)
    {
        return new Report(machine, startedAt, options.Runs, options.Seconds, hasC, options.SizesBytes, options.InFlight, Quantiles.Shares, [.. rows.Select(ToRow)], skipped);

        ReportRow ToRow(SubjectRow row) => new(
            row.Mechanism,
            row.Title,
            row.Side,
            row.SizeBytes,
            row.InFlight,
            Sample.MedianOf(row.Runs),
            row.Side == Side.C ? null : Ratio.Of(row.Runs, RunsOf(row, Side.C)),
            row.Side == Side.Library ? Ratio.Of(row.Runs, RunsOf(row, Side.DotNet)) : null,
            row.Runs);

        IReadOnlyList<Sample>? RunsOf(SubjectRow row, Side side) => rows.FirstOrDefault(
            other => other.Mechanism == row.Mechanism && other.Side == side && other.SizeBytes == row.SizeBytes && other.InFlight == row.InFlight)?.Runs;
    }

    /// <summary>Reads one that was written before.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    internal static Report Parse(string json) => JsonSerializer.Deserialize<Report>(json, s_json) ?? throw new JsonException("The report is empty.");

    /// <summary>For other programs.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, s_indented) + "\n";

    /// <summary>For a page: without what would end a script.</summary>
    internal string ToScriptJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>The row of a side under a load; null where it was not measured.</summary>
    internal ReportRow? Find(string mechanism, Side side, int sizeBytes, int inFlight) =>
        Rows.FirstOrDefault(row => row.Mechanism == mechanism && row.Side == side && row.SizeBytes == sizeBytes && row.InFlight == inFlight);
}
