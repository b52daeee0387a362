using Faults.Journal;

/// <summary>
/// What the runtime calls before a daemon's own <c>Main</c> when <c>DOTNET_STARTUP_HOOKS</c> names this assembly. The daemon itself stays as
/// it is built for users. The runtime prescribes the name, and that there is no namespace.
/// </summary>
#pragma warning disable CA1050
internal static class StartupHook
#pragma warning restore CA1050
{
    /// <summary>Where the files of this run go: the path without a suffix.</summary>
    private const string PathVariable = "FAULTS_JOURNAL";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path)
        {
            HostWatch.Begin(path);
        }
    }
}
