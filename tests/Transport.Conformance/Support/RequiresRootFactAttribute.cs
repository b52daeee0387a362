using Testing.Support.CCompiler;

namespace Transport.Conformance.Support;

/// <summary>A test that gives a kernel object to another user, which only root may do; skipped for others, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresRootFactAttribute : FactAttribute
{
    /// <param name="compilesC">Whether the test needs a C compiler as well.</param>
    public RequiresRootFactAttribute(bool compilesC = false)
    {
        CompilesC = compilesC;
        Skip = Environment.IsPrivilegedProcess
            ? compilesC ? CCompiler.MissingReason : null
            : "Only root can make an object of another user.";
    }

    public bool CompilesC { get; }
}
