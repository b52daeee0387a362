using WholePath.Reporting;

namespace WholePath.Starting;

/// <summary>
/// How long a daemon takes from exec to the moment when it says that it is ready (sd_notify, READY=1), and what of it is in memory then: the programs as they are published,
/// next to a program that has nothing but .NET's host, and to one that ends at once.
/// </summary>
internal sealed class StartMeasurement : IMeasurement
{
    private const double MostMs = 400;
    private const double MostMb = 60;
    private const double BytesInMb = 1 << 20;

    /// <inheritdoc/>
    public string Id => "start";

    /// <inheritdoc/>
    public string Description => "each daemon from exec to ready, and its memory then, as published";

    /// <inheritdoc/>
    public async Task<Section> RunAsync(WholePathOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        using var programs = await PublishedPrograms.FindAsync(options.Programs, progress, cancellationToken);
        List<StartRound> rounds = [];

        // The first brings the programs into the file system's cache, and counts for nothing.
        for (int round = 0; round <= options.Rounds; round++)
        {
            rounds.Add(await StartRound.MeasureAsync(programs, cancellationToken));
            progress(FormattableString.Invariant(
                $"round {round}: channelD {rounds[^1].Channel.TimeMs:F0} ms, chatD {rounds[^1].Chat.TimeMs:F0} ms, empty host {rounds[^1].EmptyHost.TimeMs:F0} ms"));
        }

        rounds.RemoveAt(0);
        return new Section(
            Id,
            $"from exec to ready, and memory then · {options.Rounds} starts of each in turn, channelD with kept state in a file, chatD with its channelD up",
            [
                new Figure("/bin/true from exec to its end, ms", [.. rounds.Select(round => round.TrueMs)]),
                .. Of("empty .NET host", round => round.EmptyHost),
                .. Of("channelD", round => round.Channel, MostMs, MostMb),
                .. Of("chatD", round => round.Chat, MostMs, MostMb),
            ]);

        IEnumerable<Figure> Of(string name, Func<StartRound, StartSample> sample, double? mostMs = null, double? mostMb = null) =>
        [
            new($"{name}, ms", [.. rounds.Select(round => sample(round).TimeMs)], mostMs),
            new($"{name}, processor time ms", [.. rounds.Select(round => sample(round).CpuMs)]),
            new($"{name}, RSS MB", [.. rounds.Select(round => sample(round).Memory.RssBytes / BytesInMb)], mostMb),
            new($"{name}, PSS MB", [.. rounds.Select(round => sample(round).Memory.PssBytes / BytesInMb)]),
            new($"{name}, private MB", [.. rounds.Select(round => sample(round).Memory.PrivateBytes / BytesInMb)]),
        ];
    }
}
