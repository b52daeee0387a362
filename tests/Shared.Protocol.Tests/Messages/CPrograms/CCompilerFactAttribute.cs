using Shared.Protocol.Tests.Wire.Independent;

namespace Shared.Protocol.Tests.Messages.CPrograms;

/// <summary>A test that needs a C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CCompilerFactAttribute : FactAttribute
{
    private static readonly bool s_hasCompiler = Tool.Works("cc", "--version");

    public CCompilerFactAttribute()
    {
        if (!s_hasCompiler)
        {
            Skip = "A C compiler (cc) is missing: apt-get install gcc libc6-dev";
        }
    }
}
