using Faults.Nemesis.Machine;

namespace Faults.Tests.Support;

/// <summary>A theory that limits a daemon's share of the processors; skipped where the control groups are not ours to change.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresProcessorGroupTheoryAttribute : TheoryAttribute
{
    private static readonly string? s_obstacle = ControlGroup.FindObstacle("cpu");

    public RequiresProcessorGroupTheoryAttribute() => Skip = s_obstacle;
}
