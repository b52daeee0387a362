using Faults.Nemesis.Machine;

namespace Faults.Nemesis.Faults;

/// <summary>A daemon gets a twentieth of one processor for a while.</summary>
internal sealed class SmallShareFault(string name, FaultScope scope) : IFault
{
    private const double Share = 0.05;

    // Once: the answer does not change while the process lives.
    private static readonly string? s_obstacle = ControlGroup.FindObstacle("cpu");

    public int Row => 33;

    public string Name => name;

    public FaultScope Scope => scope | FaultScope.Processors;

    public string? FindObstacle(FaultWorld world) => s_obstacle;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        using ControlGroup group = ControlGroup.OfProcessorShare(Share);
        _ = group.TryAdd((await Victims.Of(world, scope).Single().GetRunAsync(cancellationToken)).ProcessId);
        await Task.Delay(random.Next(500, 2000), cancellationToken);
    }
}
