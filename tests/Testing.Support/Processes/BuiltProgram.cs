using Testing.Support.Folders;

namespace Testing.Support.Processes;

/// <summary>The programs of this repository where their own builds put them, with the settings files that belong to them.</summary>
public static class BuiltProgram
{
    /// <summary>The path of <c>NAME.dll</c>, of the configuration and framework that the tests themselves were built for.</summary>
    /// <param name="name">The project's name, e.g. <c>ChatD</c>.</param>
    /// <param name="assembly">The name of the assembly; null where it is the project's.</param>
    public static string Path(string name, string? assembly = null)
    {
        // …/bin/CONFIGURATION/FRAMEWORK/
        DirectoryInfo framework = new(AppContext.BaseDirectory);
        return Repository.File(System.IO.Path.Combine(name, "bin", framework.Parent!.Name, framework.Name, (assembly ?? name) + ".dll"));
    }
}
