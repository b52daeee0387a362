using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Finds sections in the JSON files that no daemon reads. The environment is not looked at: it holds the variables of everything else
/// (an unknown key inside a known section is found whatever its source).
/// </summary>
internal static class ConfigurationFileCheck
{
    /// <summary>The faults of the files.</summary>
    public static IEnumerable<string> FindFaults(IConfiguration configuration, IReadOnlyCollection<string> sections)
    {
        IEnumerable<IConfigurationProvider> files = (configuration as IConfigurationRoot)?.Providers.OfType<JsonConfigurationProvider>() ?? [];
        foreach (string key in files.SelectMany(file => file.GetChildKeys([], null)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!sections.Append(SerilogSection.Name).Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"The section {UserText.Quote(key)} of the configuration file is not one this daemon reads.{DidYouMean.Clause(key, sections)}";
            }
        }
    }
}
