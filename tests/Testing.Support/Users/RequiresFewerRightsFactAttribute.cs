using Xunit;

namespace Testing.Support.Users;

/// <summary>A test with daemons that the kernel holds to the mode of a queue; skipped where they cannot be started, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFewerRightsFactAttribute : FactAttribute
{
    /// <summary>Tries it once for all tests.</summary>
    public RequiresFewerRightsFactAttribute() => Skip = Launchers.CannotDropRights;
}
