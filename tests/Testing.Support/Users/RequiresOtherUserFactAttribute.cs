using Xunit;

namespace Testing.Support.Users;

/// <summary>A test with daemons of other users; skipped where they cannot be started, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresOtherUserFactAttribute : FactAttribute
{
    /// <summary>Tries it once for all tests.</summary>
    public RequiresOtherUserFactAttribute() => Skip = Launchers.CannotChangeUser;
}
