using Xunit;

namespace Testing.Support.CCompiler;

/// <summary>A theory that compiles C, and is skipped with the reason where there is no compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresCCompilerTheoryAttribute : TheoryAttribute
{
    /// <summary>Asks once for the compiler.</summary>
    public RequiresCCompilerTheoryAttribute()
    {
        if (CCompiler.MissingReason is { } reason)
        {
            Skip = reason;
        }
    }
}
