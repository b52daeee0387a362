using Measuring;
using WholePath.Daemons;
using WholePath.Players;
using WholePath.Reporting;

namespace WholePath.Idling;

/// <summary>
/// What many players cost who are logged in and say nothing: chatD's memory, and the time of one who asks among them. The same pair of daemons has few of them and many in
/// turn, so that both are measured in the same processes.
/// </summary>
internal sealed class IdleMeasurement : IMeasurement
{
    private const double MostMb = 250;
    private const double BytesInMb = 1 << 20;
    private const string Name = "모험가";

    /// <inheritdoc/>
    public string Id => "idle";

    /// <inheritdoc/>
    public string Description => "chatD with many idle players over TCP: its memory, and the time of one who asks, next to few";

    /// <inheritdoc/>
    public async Task<Section> RunAsync(WholePathOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        using CPlayer player = await CPlayer.CompileAsync(cancellationToken);
        using CProgram crowd = await CSource.CompileAsync("idle_players", cancellationToken);
        using var frames = PlayerFrames.OfLines(Name, ["/찾기 " + Name]);
        await using DaemonPair pair = await DaemonPair.StartAsync(options.DaemonOptions);
        _ = await player.AskAsync(pair.Port, frames, options.WarmUpSeconds, cancellationToken);
        List<IdleSample> few = [];
        List<IdleSample> many = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            few.Add(await MeasureAsync(options.FewPlayers));
            many.Add(await MeasureAsync(options.ManyPlayers));
            progress(FormattableString.Invariant(
                $"round {round + 1}: {many[^1].Memory.RssBytes / BytesInMb:F0} MB; p99 {few[^1].Times.P99Us:F0} and {many[^1].Times.P99Us:F0} µs"));
        }

        // Memory that was used once is not given back at once: what one more takes is told from the first few.
        return new Section(
            Id,
            $"{options.FewPlayers} and {options.ManyPlayers} idle players on one chatD, and one more who asks /찾기 · {options.Rounds} rounds of {options.Seconds} s each in turn",
            [
                .. Of(few, $"with {options.FewPlayers}"),
                .. Of(many, $"with {options.ManyPlayers}", MostMb),
                new Figure(
                    "chatD, KB of RSS for each further player",
                    [.. many.Select(m => (m.Memory.RssBytes - few[0].Memory.RssBytes) / 1024.0 / Math.Max(1, options.ManyPlayers - options.FewPlayers))]),
                new Figure("/찾기 p50, many / few", [.. many.Zip(few, (m, f) => m.Times.P50Us / f.Times.P50Us)]),
                new Figure("/찾기 p99, many / few", [.. many.Zip(few, (m, f) => m.Times.P99Us / f.Times.P99Us)]),
            ]);

        async Task<IdleSample> MeasureAsync(int players)
        {
            await using IdlePlayers idle = await IdlePlayers.EnterAsync(crowd, pair.Port, players, cancellationToken);
            Players.RoundTrips times = (await player.AskAsync(pair.Port, frames, options.Seconds, cancellationToken)).Measured;
            return new IdleSample(times, ResidentMemory.Of(pair.ChatId));
        }
    }

    private static IEnumerable<Figure> Of(List<IdleSample> samples, string what, double? goal = null) =>
    [
        new($"chatD {what}, RSS MB", [.. samples.Select(sample => sample.Memory.RssBytes / BytesInMb)], goal),
        new($"chatD {what}, PSS MB", [.. samples.Select(sample => sample.Memory.PssBytes / BytesInMb)]),
        new($"/찾기 {what}, p50 µs", [.. samples.Select(sample => sample.Times.P50Us)]),
        new($"/찾기 {what}, p99 µs", [.. samples.Select(sample => sample.Times.P99Us)]),
    ];
}
