using WholePath.Daemons;
using WholePath.Players;
using WholePath.Reporting;

namespace WholePath.Searching;

/// <summary>A player's <c>/찾기</c> where channelD has few characters, and where it has many; two pairs of daemons side by side, asked in turn.</summary>
internal sealed class SearchMeasurement : IMeasurement
{
    private const double MostTimesFew = 1.10;
    private const string Name = "모험가";

    // As many names as no cache holds the way to, and as a file of a few hundred KB has room for.
    private const int Lines = 8192;

    /// <inheritdoc/>
    public string Id => "characters";

    /// <inheritdoc/>
    public string Description => "/찾기 of a player among few and among very many characters, each name another one";

    /// <inheritdoc/>
    public async Task<Section> RunAsync(WholePathOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        using CPlayer player = await CPlayer.CompileAsync(cancellationToken);
        using PlayerFrames fewNames = NamesAmong(options.FewCharacters);
        using PlayerFrames manyNames = NamesAmong(options.ManyCharacters);
        await using DaemonPair withFew = await DaemonPair.StartAsync(options.DaemonOptions, options.FewCharacters);
        await using DaemonPair withMany = await DaemonPair.StartAsync(options.DaemonOptions, options.ManyCharacters);
        _ = await AskAsync(withFew, fewNames, options.WarmUpSeconds);
        _ = await AskAsync(withMany, manyNames, options.WarmUpSeconds);
        List<Players.RoundTrips> few = [];
        List<Players.RoundTrips> many = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            few.Add(await AskAsync(withFew, fewNames, options.Seconds));
            many.Add(await AskAsync(withMany, manyNames, options.Seconds));
            progress(FormattableString.Invariant($"round {round + 1}: p50 {few[^1].P50Us:F1} and {many[^1].P50Us:F1} µs"));
        }

        return new Section(
            Id,
            $"/찾기 of one player among {options.FewCharacters} and {options.ManyCharacters} characters · {options.Rounds} rounds of {options.Seconds} s each in turn",
            [
                new Figure($"among {options.FewCharacters}, p50 µs", [.. few.Select(round => round.P50Us)]),
                new Figure($"among {options.ManyCharacters}, p50 µs", [.. many.Select(round => round.P50Us)]),
                new Figure($"among {options.FewCharacters}, p99 µs", [.. few.Select(round => round.P99Us)]),
                new Figure($"among {options.ManyCharacters}, p99 µs", [.. many.Select(round => round.P99Us)]),
                new Figure("many / few, p99", [.. many.Zip(few, (m, f) => m.P99Us / f.P99Us)]),
                new Figure("many / few, p50", [.. many.Zip(few, (m, f) => m.P50Us / f.P50Us)], MostTimesFew),
            ]);

        async Task<Players.RoundTrips> AskAsync(DaemonPair pair, PlayerFrames names, double seconds)
        {
            PlayedRoundTrips played = await player.AskAsync(pair.Port, names, seconds, cancellationToken);
            return played.Code is not "not_found" ? played.Measured : throw new InvalidOperationException("A character that is there was not found.");
        }
    }

    private static PlayerFrames NamesAmong(int characters)
    {
        var random = new Random(1);
        return PlayerFrames.OfLines(Name, Enumerable.Range(0, Lines).Select(_ => "/찾기 " + SeededChannel.NameOf(random.Next(characters))));
    }
}
