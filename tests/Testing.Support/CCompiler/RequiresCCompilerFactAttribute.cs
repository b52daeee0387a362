using Xunit;

namespace Testing.Support.CCompiler;

/// <summary>A test that compiles C, and is skipped with the reason where there is no compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresCCompilerFactAttribute : FactAttribute
{
    /// <summary>Asks once for the compiler.</summary>
    public RequiresCCompilerFactAttribute()
    {
        if (CCompiler.MissingReason is { } reason)
        {
            Skip = reason;
        }
    }
}
