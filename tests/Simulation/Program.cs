using System.Diagnostics;
using System.Globalization;

namespace Simulation;

/// <summary>Runs seeds by hand: many of them, or one with its trace.</summary>
internal static class Program
{
    private const string Usage = """
        usage: dotnet Simulation.dll [--first SEED] [--seeds COUNT] [--until-failure]   runs seeds, and says which broke a rule
               dotnet Simulation.dll --trace SEED                                       runs one, and prints what happened in it
        exit:  0 no rule was broken, 1 one was, 2 these arguments were not understood
        """;

    private static int Main(string[] args)
    {
        ulong first = 1;
        long count = 10_000;
        ulong traced = 0;
        bool untilFailure = false;
        for (int i = 0; i < args.Length; i++)
        {
            bool isNumber = ulong.TryParse(args.ElementAtOrDefault(i + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number);
            i += isNumber ? 1 : 0;
            switch (args[isNumber ? i - 1 : i])
            {
                case "--until-failure" when !isNumber:
                    untilFailure = true;
                    break;
                case "--first" when isNumber:
                    first = number;
                    break;
                case "--seeds" when isNumber:
                    count = (long)number;
                    break;
                case "--trace" when isNumber:
                    traced = number;
                    break;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }

        return traced > 0 ? Trace(traced) : RunMany(first, count, untilFailure);
    }

    private static int Trace(ulong seed)
    {
        SimResult result = SeedRunner.Run(seed, isTraced: true);
        Console.Write(result.Trace);
        Console.WriteLine(result.Violations.Count == 0 ? "No rule was broken." : string.Join('\n', result.Violations));
        return result.Violations.Count == 0 ? 0 : 1;
    }

    private static int RunMany(ulong first, long count, bool untilFailure)
    {
        long began = Stopwatch.GetTimestamp();
        (IReadOnlyList<ulong> failed, SimCounts counts) = SeedRunner.RunMany(first, count, untilFailure);
        Console.WriteLine(counts);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s, {failed.Count} seeds failed"));
        foreach (ulong seed in failed.Take(10))
        {
            foreach (string violation in SeedRunner.Run(seed).Violations.Take(5))
            {
                Console.WriteLine($"seed {seed}: {violation.Split('\n')[0]}");
            }
        }

        return failed.Count == 0 ? 0 : 1;
    }
}
