using Faults.Recording;

namespace Faults.Nemesis.Faults;

/// <summary>Players lose their connections again and again: so there is something to log.</summary>
internal static class PlayersComeAndGo
{
    private const int PauseMs = 50;

    public static async Task RunAsync(FaultWorld world, int forMs, CancellationToken cancellationToken)
    {
        long untilNs = Recorder.NowNs + (forMs * 1_000_000L);
        while (Recorder.NowNs < untilNs)
        {
            foreach (Load.LoadClient client in world.Load.Clients)
            {
                client.Drop();
            }

            await Task.Delay(PauseMs, cancellationToken);
        }
    }
}
