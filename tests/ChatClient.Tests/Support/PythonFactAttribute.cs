namespace ChatClient.Tests.Support;

/// <summary>A test that needs a pseudo-terminal, which Python's standard library makes; skipped where there is no python3.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':');
        if (!folders.Any(static folder => File.Exists(Path.Combine(folder, "python3"))))
        {
            Skip = "python3, which makes the pseudo-terminal, is not installed.";
        }
    }
}
