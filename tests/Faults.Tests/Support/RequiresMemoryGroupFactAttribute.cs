using Faults.Nemesis.Machine;

namespace Faults.Tests.Support;

/// <summary>A test that limits the memory of a daemon; skipped where the control groups are not ours to change.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresMemoryGroupFactAttribute : FactAttribute
{
    private static readonly string? s_obstacle = ControlGroup.FindObstacle("memory");

    public RequiresMemoryGroupFactAttribute() => Skip = s_obstacle;
}
