using System.Reflection;
using System.Xml.Linq;
using Shared.Protocol.Hosting.Settings;

namespace Testing.Support.Options;

/// <summary>Holds an options class against its XML documentation and against <c>docs/configuration.md</c>.</summary>
public static class OptionsDocumentation
{
    /// <summary>
    /// Every fault: an option without "Defaults to" in its documentation, a number without a range, an option without a row
    /// <c>| `Section:Name` | `default` | …allowed… |</c>, a row of the section without an option.
    /// </summary>
    public static IReadOnlyList<string> FindFaults(Type type, string section, string markdown)
    {
        XDocument comments = XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml"));
        object defaults = Activator.CreateInstance(type)!;
        List<string> faults = [];
        List<PropertyInfo> options = [.. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true })];
        foreach (PropertyInfo option in options)
        {
            string key = $"{section}:{option.Name}";
            string? comment = comments.Descendants("member").FirstOrDefault(member => (string?)member.Attribute("name") == $"P:{type.FullName}.{option.Name}")?.Value;
            if (comment is null || !comment.Contains("Defaults to", StringComparison.Ordinal))
            {
                faults.Add($"The documentation of {key} does not say what it defaults to.");
            }

            Type plain = Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;
            string? allowed = SettingDescription.Allowed(option);
            if (allowed is null && (plain == typeof(int) || plain == typeof(long) || plain == typeof(double)))
            {
                faults.Add($"{key} has no range.");
            }

            string? row = markdown.Split('\n').FirstOrDefault(line => line.StartsWith($"| `{key}` |", StringComparison.Ordinal));
            string shown = SettingDescription.Show(option.GetValue(defaults));
            if (row is null)
            {
                faults.Add($"{key} is not in docs/configuration.md.");
            }
            else if (!row.StartsWith($"| `{key}` | {(shown.Length == 0 ? "none" : $"`{shown}`")} |", StringComparison.Ordinal)
                || (allowed is not null && !row.Contains($"| {allowed} |", StringComparison.Ordinal)))
            {
                faults.Add($"The row of {key} in docs/configuration.md has to give the default {shown} and allow: {allowed}.");
            }
        }

        foreach (string row in markdown.Split('\n').Where(line => line.StartsWith($"| `{section}:", StringComparison.Ordinal)))
        {
            string name = row.Split('`')[1][(section.Length + 1)..];
            if (!options.Any(option => option.Name == name))
            {
                faults.Add($"docs/configuration.md has {section}:{name}, which is no option.");
            }
        }

        return faults;
    }
}
