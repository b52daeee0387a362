namespace Faults.Nemesis.Faults;

/// <summary>The sockets that results take are removed from their folder: who connects anew finds none, and results take the queue.</summary>
internal sealed class RemovedSocketFault : IFault
{
    public int Row => 19;

    public string Name => "result sockets removed";

    public FaultScope Scope => FaultScope.None;

    public string? FindObstacle(FaultWorld world) => world.Settings.ResultPath == "socket" ? null : "results take the queue";

    public Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(world.Surroundings.RuntimeFolder, "sockets");
        foreach (string socket in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.sock") : [])
        {
            File.Delete(socket);
        }

        return Task.CompletedTask;
    }
}
