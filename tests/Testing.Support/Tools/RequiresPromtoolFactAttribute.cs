using Xunit;

namespace Testing.Support.Tools;

/// <summary>A test that has Prometheus' own tool look at metrics, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresPromtoolFactAttribute : FactAttribute
{
    /// <summary>Looks for the tool.</summary>
    public RequiresPromtoolFactAttribute()
    {
        if (!Promtool.IsThere)
        {
            Skip = "There is no promtool on the path (Debian: package prometheus).";
        }
    }
}
