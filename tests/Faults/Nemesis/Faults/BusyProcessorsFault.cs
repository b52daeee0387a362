using Testing.Support.Processes;

namespace Faults.Nemesis.Faults;

/// <summary>Others take the processors: more busy loops than there are of them, at a higher priority than the daemons have.</summary>
internal sealed class BusyProcessorsFault : IFault
{
    private const int LoopsPerProcessor = 2;

    public int Row => 33;

    public string Name => "processors busy";

    public FaultScope Scope => FaultScope.Processors;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        List<ChildProcess> loops = [];
        try
        {
            for (int i = 0; i < LoopsPerProcessor * Environment.ProcessorCount; i++)
            {
                loops.Add(new ChildProcess("nice", "-n", "-5", "sh", "-c", "while :; do :; done"));
            }

            await Task.Delay(random.Next(500, 2000), cancellationToken);
        }
        finally
        {
            loops.ForEach(loop => loop.Dispose());
        }
    }
}
