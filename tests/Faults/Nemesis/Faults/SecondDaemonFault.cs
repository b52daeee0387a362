using Faults.Daemons;
using Testing.Support.Processes;

namespace Faults.Nemesis.Faults;

/// <summary>The same daemon is started a second time, as by a careless operator: it must refuse with 3 and disturb nobody.</summary>
internal sealed class SecondDaemonFault : IFault
{
    private const int Refused = 3;

    public int Row => 30;

    public string Name => "second daemon on the same key";

    public FaultScope Scope => FaultScope.None;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        SupervisedDaemon daemon = random.Next(2) == 0 ? world.Chat : world.Channel;
        DaemonRun run = await daemon.GetRunAsync(cancellationToken);
        using var second = new ChildProcess(daemon.CommandLine[0], daemon.CommandLine.Skip(1));
        int exitCode = await second.ExitAsync();

        // Where another fault has ended the first meanwhile, the second was the first for a moment.
        if (exitCode != Refused && daemon.Run == run)
        {
            world.Recorder.Violated($"A second {daemon.Program} ended with {exitCode}, not {Refused}.\n{second}");
        }
    }
}
