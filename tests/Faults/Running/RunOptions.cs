using System.Globalization;
using Faults.Checker;
using Faults.Nemesis;

namespace Faults.Running;

/// <summary>What the command line asks for.</summary>
internal sealed record RunOptions
{
    public const string Usage = """
        FaultRun: chatD and channelD under seeded faults; 0 only where every promise was kept.
          --seed N       the schedule (default 1)
          --minutes M    how long, a fraction allowed (default 1)
          --rows A,B,C   the rows of the fault matrix to draw from (default all)
          --clients N    players (default 32)
          --rate N       requests a second that they try (default 2000)
          --results PATH queue or socket: which way results take (default socket, as the daemons')
          --report PATH  also write the report there
        """;

    public int Seed { get; init; } = 1;

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    public IReadOnlyCollection<int> Rows { get; init; } = [];

    public int Clients { get; init; } = 32;

    public int RequestsPerSecond { get; init; } = 2000;

    public string ResultPath { get; init; } = "socket";

    /// <summary>What the history is judged by; not on the command line.</summary>
    public CheckerOptions Checker { get; init; } = WorldSettings.Strict;

    public string? ReportPath { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">It has something that is not understood; the message names it.</exception>
    public static RunOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new RunOptions();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} has no value.");
            options = arguments[i] switch
            {
                "--seed" => options with { Seed = Number(value) },
                "--minutes" => options with { Duration = TimeSpan.FromMinutes(double.Parse(value, CultureInfo.InvariantCulture)) },
                "--rows" => options with { Rows = [.. value.Split(',').Select(Number)] },
                "--clients" => options with { Clients = Number(value) },
                "--rate" => options with { RequestsPerSecond = Number(value) },
                "--results" => options with { ResultPath = value },
                "--report" => options with { ReportPath = value },
                _ => throw new FormatException($"There is no option {arguments[i]}."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
