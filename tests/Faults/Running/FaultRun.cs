using Faults.Nemesis;
using Faults.Nemesis.Machine;
using Faults.Recording;

namespace Faults.Running;

/// <summary>A run under a seeded schedule: one fault after another, sometimes two at once, each recovered from before the next.</summary>
internal static class FaultRun
{
    private const double TwoAtOnce = 0.15;
    private const int MinPauseMs = 50;
    private const int MaxPauseMs = 2500;

    // Enough for the players, and few enough for strangers to take them all.
    private const int ChatDescriptors = 600;

    /// <summary>Runs, and judges.</summary>
    /// <param name="options">What, and for how long.</param>
    /// <param name="tell">Takes a line for each strike.</param>
    /// <param name="cancellationToken">Ends the run early; it is judged all the same.</param>
    public static async Task<RunReport> RunAsync(RunOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings
        {
            Clients = options.Clients,
            RequestsPerSecond = options.RequestsPerSecond,
            ResultPath = options.ResultPath,
            Checker = options.Checker,
            LogLevel = "Debug",
            HasShiftedClock = Rights.HasCompiler,
            HasLogDisk = Rights.MayMount,
            HasOutputReader = true,
            ObeysModes = true,
            ChatPrefix = WorldSettings.Descriptors(ChatDescriptors),
        });
        List<IFault> faults = [];
        foreach (IFault fault in AllFaults.OfRows(options.Rows))
        {
            if (fault.FindObstacle(world) is { } obstacle)
            {
                tell($"{fault.Name}: left out, for {obstacle}");
            }
            else
            {
                faults.Add(fault);
            }
        }

        long endNs = Recorder.NowNs + (long)options.Duration.TotalNanoseconds;
        while (Recorder.NowNs < endNs && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(random.Next(MinPauseMs, MaxPauseMs), CancellationToken.None);
            IFault[] drawn = Draw(faults, random);
            TimeSpan? recovery = await world.StrikeAsync(random, CancellationToken.None, drawn);
            tell($"{string.Join(" + ", drawn.Select(fault => fault.Name))}: {(recovery is { } took ? $"served again after {took.TotalMilliseconds:0} ms" : "NOT RECOVERED")}");
        }

        return await world.FinishAsync();
    }

    private static IFault[] Draw(List<IFault> faults, Random random)
    {
        IFault first = faults[random.Next(faults.Count)];
        IFault second = faults[random.Next(faults.Count)];
        return random.NextDouble() < TwoAtOnce && AreCompatible(first, second) ? [first, second] : [first];
    }

    // What takes a chatD away while its channel is away too leaves lines in the players' sockets, of which nobody can say when they were
    // taken on; the others may meet in any way.
    private static bool AreCompatible(IFault first, IFault second) =>
        first != second && ((first.Scope | second.Scope) & (FaultScope.Chat | FaultScope.Channel)) != (FaultScope.Chat | FaultScope.Channel)
        && (first.Scope & second.Scope) == FaultScope.None;
}
