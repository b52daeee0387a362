using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// A file of options outside the program's own folder, which an upgrade does not touch: named by an environment variable, and read where it is there. It
/// comes after the program's own files and before the environment.
/// </summary>
internal static class SettingsFile
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = "GAMESERVERS_SETTINGS";

    /// <summary>Adds the file, where one is named.</summary>
    public static void AddTo(IConfigurationManager configuration)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
        {
            return;
        }

        // Watched by nobody: it is read at the start, and on SIGHUP.
        var source = new JsonConfigurationSource { Path = Path.GetFullPath(path), Optional = true, ReloadOnChange = false };
        source.ResolveFileProvider();
        int last = configuration.Sources.ToList().FindLastIndex(static other => other is JsonConfigurationSource);
        configuration.Sources.Insert(last + 1, source);
    }
}
