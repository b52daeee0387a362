using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>Tells which source of the configuration has given an option its value: the last one that names it.</summary>
internal static class SettingSource
{
    /// <summary>The name of the source that is none.</summary>
    public const string Default = "default";

    /// <summary>The source of an option, e.g. <c>appsettings.json</c> or <c>command line</c>.</summary>
    public static string Of(IConfiguration configuration, string path)
    {
        foreach (IConfigurationProvider provider in (configuration as IConfigurationRoot)?.Providers.Reverse() ?? [])
        {
            bool isGiven = (provider.TryGet(path, out string? text) && text is not null) || provider.GetChildKeys([], path).Any();
            if (isGiven)
            {
                return NameOf(provider, path);
            }
        }

        return Default;
    }

    private static string NameOf(IConfigurationProvider provider, string path) => provider switch
    {
        FileConfigurationProvider file => file.Source.Path ?? "file",
        EnvironmentVariablesConfigurationProvider => "environment",
        CommandLineConfigurationProvider => "command line",
        ChainedConfigurationProvider chained => Of(chained.Configuration, path),
        _ => provider.GetType().Name,
    };
}
