using Measuring;
using WholePath.Daemons;
using WholePath.Players;
using WholePath.Reporting;

namespace WholePath.RoundTrips;

/// <summary>A player's <c>/찾기</c> from his socket to his socket, next to what the kernel takes for the same ways: a C echo over TCP and a C ping-pong over System V queues.</summary>
internal sealed class RoundTripMeasurement : IMeasurement
{
    private const double MostTimesC = 1.25;
    private const string Name = "모험가";

    /// <inheritdoc/>
    public string Id => "round-trip";

    /// <inheritdoc/>
    public string Description => "player → chatD → channelD → chatD → player over TCP, one line at a time, next to C";

    /// <inheritdoc/>
    public async Task<Section> RunAsync(WholePathOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        using CPlayer player = await CPlayer.CompileAsync(cancellationToken);
        using CPingPong pingPong = await CPingPong.CompileAsync(cancellationToken);
        using var frames = PlayerFrames.OfLines(Name, ["/찾기 " + Name]);
        await using DaemonPair pair = await DaemonPair.StartAsync(options.DaemonOptions);
        PlayedRoundTrips warmUp = await player.AskAsync(pair.Port, frames, options.WarmUpSeconds, cancellationToken);
        List<RoundTripRound> rounds = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            Players.RoundTrips echo = await player.EchoAsync(frames.LastFrameBytes, warmUp.AnswerBytes, options.Seconds, cancellationToken);
            Players.RoundTrips queue = await pingPong.MeasureAsync(options.Seconds, cancellationToken);
            (ProcessUsage chatBefore, ProcessUsage channelBefore) = pair.ReadUsage();
            Players.RoundTrips whole = (await player.AskAsync(pair.Port, frames, options.Seconds, cancellationToken)).Measured;
            (ProcessUsage chat, ProcessUsage channel) = pair.ReadUsage();
            rounds.Add(new RoundTripRound(echo, queue, whole, chat - chatBefore, channel - channelBefore));
            progress($"round {round + 1}: TCP {echo.P50Us:F1} + System V {queue.P50Us:F1}, whole {whole.P50Us:F1} µs, {rounds[^1].P50Ratio:F3}");
        }

        return new Section(
            Id,
            $"/찾기 of one player, one at a time: line {frames.LastFrameBytes} bytes, answer {warmUp.AnswerBytes} ({warmUp.Code}) · {options.Rounds} rounds of {options.Seconds} s each in turn",
            [
                Of("C TCP echo, p50 µs", round => round.Echo.P50Us),
                Of("C System V ping-pong, p50 µs", round => round.Queue.P50Us),
                Of("whole path, p50 µs", round => round.Whole.P50Us),
                Of("C TCP echo, p99 µs", round => round.Echo.P99Us),
                Of("C System V ping-pong, p99 µs", round => round.Queue.P99Us),
                Of("whole path, p99 µs", round => round.Whole.P99Us),
                Of("whole path, round trips/s", round => round.Whole.PerSecond),
                Of("switches a round trip: C TCP echo, both processes", round => round.Echo.Switches),
                Of("switches a round trip: C System V, both processes", round => round.Queue.Switches),
                Of("switches a round trip: player", round => round.Whole.Switches),
                Of("switches a round trip: chatD", round => round.PerRoundTrip(round.Chat.Switches)),
                Of("switches a round trip: channelD", round => round.PerRoundTrip(round.Channel.Switches)),
                Of("processor time a round trip: chatD, µs", round => round.PerRoundTrip(round.Chat.CpuNs / 1e3)),
                Of("processor time a round trip: channelD, µs", round => round.PerRoundTrip(round.Channel.CpuNs / 1e3)),
                Of("whole path / (C TCP + C System V), p99", round => round.P99Ratio),
                Of("whole path / (C TCP + C System V), p50", round => round.P50Ratio, MostTimesC),
            ]);

        Figure Of(string name, Func<RoundTripRound, double> figure, double? goal = null) => new(name, [.. rounds.Select(figure)], goal);
    }
}
