using Faults.Nemesis.Machine;

namespace Faults.Tests.Support;

/// <summary>A test that mounts a disk of its own; skipped for those who may not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresMountFactAttribute : FactAttribute
{
    public RequiresMountFactAttribute() => Skip = Rights.MayMount ? null : "It takes CAP_SYS_ADMIN and mount(8) to have a small disk of one's own.";
}
