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
