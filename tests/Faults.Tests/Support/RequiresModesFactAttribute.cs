using Faults.Nemesis.Machine;

namespace Faults.Tests.Support;

/// <summary>A test in which the modes of queues must count for the daemons; skipped where they cannot be made to.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresModesFactAttribute : FactAttribute
{
    public RequiresModesFactAttribute() => Skip = Rights.CanObeyModes ? null : "Modes do not count for this user, and it takes CAP_SETPCAP and setpriv(1) to change that.";
}
