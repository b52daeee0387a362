using Xunit;

namespace Testing.Support.Tools;

/// <summary>A test that uses SQLite's own shell as an operator does, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresSqliteFactAttribute : FactAttribute
{
    /// <summary>Looks for the tool.</summary>
    public RequiresSqliteFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, "sqlite3"))))
        {
            Skip = "There is no sqlite3 on the path (Debian: package sqlite3).";
        }
    }
}
