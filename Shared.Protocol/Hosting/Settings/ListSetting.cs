using Microsoft.Extensions.Configuration;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Reads an option that is a list of texts. It is given as one text with commas (<c>--Chat:Listen=a,b</c>) or by index
/// (<c>Chat__Listen__0</c>, a JSON array); where both are given, the source that comes last decides, as for every other option.
/// </summary>
internal static class ListSetting
{
    /// <summary>The items given, trimmed, without empty ones; null where the option is not given.</summary>
    public static IReadOnlyList<string>? Read(IConfiguration configuration, string path)
    {
        IConfigurationSection section = configuration.GetSection(path);
        bool hasItems = section.GetChildren().Any();
        if (section.Value is null && !hasItems)
        {
            return null;
        }

        if (section.Value is not null && (!hasItems || LastGivenAsText(configuration, path)))
        {
            return section.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        return [.. section.GetChildren().Select(child => child.Value?.Trim() ?? "").Where(item => item.Length > 0)];
    }

    private static bool LastGivenAsText(IConfiguration configuration, string path)
    {
        foreach (IConfigurationProvider provider in (configuration as IConfigurationRoot)?.Providers.Reverse() ?? [])
        {
            if (provider.TryGet(path, out string? text) && text is not null)
            {
                return true;
            }

            if (provider.GetChildKeys([], path).Any())
            {
                return false;
            }
        }

        return true;
    }
}
