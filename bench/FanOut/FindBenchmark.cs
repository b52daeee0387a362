using System.Diagnostics;
using System.Globalization;
using ChannelD;
using ChannelD.Directory;
using ChannelD.Limits;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;

namespace FanOut;

/// <summary>
/// What one <c>/찾기</c> costs channelD, from the line to the answer, among a thousand characters and among a million: in one process, by turns, so that
/// whatever else the machine does hits both alike.
/// </summary>
internal static class FindBenchmark
{
    private const int FewCharacters = 1000;
    private const int ManyCharacters = 1_000_000;
    private const int Samples = 2000;
    private const int FindsInASample = 50;

    /// <summary>Runs and prints.</summary>
    internal static async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync("/찾기 in process, from line to answer");
        await using ServiceProvider few = await FillAsync(FewCharacters, cancellationToken);
        await using ServiceProvider many = await FillAsync(ManyCharacters, cancellationToken);
        _ = await MeasureAsync(few, FewCharacters);
        _ = await MeasureAsync(many, ManyCharacters);
        var fewNs = new List<double>();
        var manyNs = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fewNs.Add(await MeasureAsync(few, FewCharacters));
            manyNs.Add(await MeasureAsync(many, ManyCharacters));
        }

        await Console.Out.WriteLineAsync(FormattableString.Invariant($"p50 among {FewCharacters,9} characters: {SayBenchmark.Median(fewNs),6:F0} ns"));
        await Console.Out.WriteLineAsync(FormattableString.Invariant($"p50 among {ManyCharacters,9} characters: {SayBenchmark.Median(manyNs),6:F0} ns"));
    }

    private static async Task<ServiceProvider> FillAsync(int characters, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddGameChannel();
        services.Configure<ChannelOptions>(options => options.MaxCharacters = ManyCharacters);
        services.Configure<LimitOptions>(options => options.Enabled = false);
        ServiceProvider provider = services.BuildServiceProvider();
        GameChannel game = provider.GetRequiredService<GameChannel>();
        for (int i = 0; i < characters; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = new LogInRequest(NameOf(i), 1 + (i % 20), string.Create(CultureInfo.InvariantCulture, $"맵{i % 500}"));
            _ = await game.LogInAsync(new SessionId(0, 1, i + 1), request);
        }

        return provider;
    }

    // The median of samples of many searches each, for one is too short for the clock; targets spread over all, so that memory counts as well.
    private static async Task<double> MeasureAsync(ServiceProvider provider, int characters)
    {
        GameChannel game = provider.GetRequiredService<GameChannel>();
        var random = new Random(1);
        var seeker = new SessionId(0, 1, 1);
        string[] lines = new string[FindsInASample];
        var samples = new List<double>(Samples);
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int i = 0; i < lines.Length; i++)
            {
                lines[i] = "/찾기 " + NameOf(random.Next(characters));
            }

            long beganAt = Stopwatch.GetTimestamp();
            foreach (string line in lines)
            {
                ResultBody<CommandResult> found = await game.RunAsync(seeker, line, CancellationToken.None);
                if (found.Status != ResultStatus.Ok || found.Message.Code is "not_found")
                {
                    throw new InvalidOperationException($"'{line}' was answered {found.Code ?? found.Message.Code}.");
                }
            }

            samples.Add(Stopwatch.GetElapsedTime(beganAt).TotalNanoseconds / FindsInASample);
        }

        return SayBenchmark.Median(samples);
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"용사{number}");
}
