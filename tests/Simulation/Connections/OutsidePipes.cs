using System.IO.Pipelines;

namespace Simulation.Connections;

/// <summary>Runs what a client's side of a pipe has to do, in the world's next step.</summary>
internal sealed class OutsidePipes(SimWorld world) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state) => world.Scheduler.After(0, () => action(state));
}
