using Microsoft.Extensions.Configuration;
using Serilog.Events;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// The part of Serilog's own section that is read: <c>Serilog:MinimumLevel:Override:SOURCE = LEVEL</c>. Sinks and the general level
/// are set under <c>Log</c>, so that no configuration can bypass the escaping and the bounded buffers.
/// </summary>
internal static class SerilogSection
{
    /// <summary>The section's name.</summary>
    public const string Name = "Serilog";

    private const string Overrides = "Serilog:MinimumLevel:Override";

    /// <summary>The faults of the section.</summary>
    public static IEnumerable<string> FindFaults(IConfiguration configuration)
    {
        foreach (IConfigurationSection leaf in Leaves(configuration.GetSection(Name)))
        {
            if (!leaf.Path.StartsWith(Overrides + ":", StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{UserText.Escape(leaf.Path)} is not read; only {Overrides}:SOURCE is, the rest is set under {LogOptions.Section}.";
            }
            else if (!Enum.GetNames<LogEventLevel>().Contains(leaf.Value, StringComparer.OrdinalIgnoreCase))
            {
                string levels = string.Join(", ", Enum.GetNames<LogEventLevel>());
                yield return $"{UserText.Escape(leaf.Path)} = {UserText.Quote(leaf.Value ?? "")} is not a level; allowed: {levels}.";
            }
        }
    }

    /// <summary>Notes the levels that are set.</summary>
    public static void Remember(Dictionary<string, string> levels, IConfiguration configuration)
    {
        foreach (IConfigurationSection leaf in Leaves(configuration.GetSection(Name)))
        {
            levels[leaf.Path] = leaf.Value!;
        }
    }

    /// <summary>The levels that differ from those noted. One that was set before can change while the daemon runs; a new one needs a restart.</summary>
    public static IEnumerable<SettingChange> Compare(IReadOnlyDictionary<string, string> levels, IConfiguration configuration)
    {
        Dictionary<string, string> now = new(StringComparer.OrdinalIgnoreCase);
        Remember(now, configuration);
        foreach (string path in levels.Keys.Where(path => path.StartsWith(Name + ":", StringComparison.OrdinalIgnoreCase)).Union(now.Keys, StringComparer.OrdinalIgnoreCase))
        {
            string before = levels.GetValueOrDefault(path, string.Empty);
            string after = now.GetValueOrDefault(path, string.Empty);
            if (!before.Equals(after, StringComparison.OrdinalIgnoreCase))
            {
                yield return new SettingChange(path, before, after, IsLive: before.Length > 0 && after.Length > 0);
            }
        }
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        if (section.Value is not null)
        {
            yield return section;
        }

        foreach (IConfigurationSection leaf in section.GetChildren().SelectMany(Leaves))
        {
            yield return leaf;
        }
    }
}
