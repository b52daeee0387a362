using System.Globalization;
using System.Text;
using Faults.Checker;
using Faults.Checker.History;

namespace Faults.Running;

/// <summary>What came of a run.</summary>
internal sealed record RunReport
{
    public required CheckerReport Checked { get; init; }

    public required IReadOnlyList<string> OtherViolations { get; init; }

    public required IReadOnlyDictionary<string, long> Outcomes { get; init; }

    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    public required long Resumes { get; init; }

    public required long SlowestNs { get; init; }

    public required IReadOnlyDictionary<string, long> Strikes { get; init; }

    public required IReadOnlyList<string> Growth { get; init; }

    public required string Runs { get; init; }

    public long ViolationCount => Checked.ViolationCount + OtherViolations.Count;

    public long Count(EndKind kind) => Checked.Ended.GetValueOrDefault(kind);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"requests    {Checked.Asked} asked, {Checked.Executed} executed, {Checked.Excused} owed nothing, for their chatD was killed");
        Line($"outcomes    {string.Join(", ", Checked.Ended.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Line($"codes       {Join(Outcomes)}");
        Line($"refusals    {Join(Refusals)}");
        Line($"resumed     {Resumes} sessions over a new connection");
        Line($"slowest     {Ms(SlowestNs)} ms from asking to the answer");
        Line($"runs        {Runs}");
        Line($"faults      {Strikes.Values.Sum()}");
        foreach ((string name, long count) in Strikes.OrderBy(pair => int.Parse(pair.Key.Split(' ')[0], CultureInfo.InvariantCulture)))
        {
            Line($"            {count,5}  {name}");
        }

        long[] recoveries = [.. Checked.RecoveriesNs.Order()];
        Line(recoveries.Length == 0
            ? (FormattableString)$"recovery    none"
            : $"recovery    {recoveries.Length} times: p50 {Ms(recoveries[recoveries.Length / 2])} ms, p99 {Ms(recoveries[recoveries.Length * 99 / 100])} ms, max {Ms(recoveries[^1])} ms");
        foreach (string growth in Growth)
        {
            Line($"growth      {growth}");
        }

        Line($"violations  {ViolationCount}");
        foreach (string violation in Checked.Violations.Select(violation => violation.ToString()).Concat(OtherViolations))
        {
            Line($"            {violation}");
        }

        return text.ToString();

        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
    }

    private static string Ms(long ns) => (ns / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Join(IReadOnlyDictionary<string, long> counts) =>
        string.Join(", ", counts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
}
