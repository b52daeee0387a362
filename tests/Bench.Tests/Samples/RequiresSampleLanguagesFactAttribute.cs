namespace Bench.Tests.Samples;

/// <summary>Skipped with the reason where a sample's language is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresSampleLanguagesFactAttribute : FactAttribute
{
    public RequiresSampleLanguagesFactAttribute() => Skip = SampleLanguages.MissingReason;
}
