using Xunit;

namespace Testing.Support.Users;

/// <summary>A test that makes an object of another user, which only root may do; skipped for others, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresRootFactAttribute : FactAttribute
{
    /// <summary>Looks once at who runs the tests.</summary>
    /// <param name="compilesC">Whether the test needs a C compiler as well.</param>
    public RequiresRootFactAttribute(bool compilesC = false)
    {
        CompilesC = compilesC;
        Skip = Environment.IsPrivilegedProcess
            ? compilesC ? CCompiler.CCompiler.MissingReason : null
            : "Only root can make an object of another user.";
    }

    /// <summary>Whether the test needs a C compiler as well.</summary>
    public bool CompilesC { get; }
}
