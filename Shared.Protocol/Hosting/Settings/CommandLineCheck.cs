using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Finds what the command line source of the framework passes over in silence: words without a switch, a last switch without a
/// value, switches of no section.
/// </summary>
internal static class CommandLineCheck
{
    // What the host itself reads.
    private static readonly string[] s_hostKeys = ["environment", "contentRoot", "applicationName"];

    /// <summary>The faults of the arguments. <paramref name="options"/> are the known options by section.</summary>
    public static IEnumerable<string> FindFaults(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, IReadOnlyList<string>> options)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            string key = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument.TrimStart('/');
            int equals = key.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                key = key[..equals];
            }
            else if (key == argument)
            {
                yield return $"The argument {UserText.Quote(argument)} is not understood; options are written --Section:Name=value.";
                continue;
            }
            else if (++i >= arguments.Count)
            {
                yield return $"The switch {UserText.Quote(argument)} has no value; options are written --Section:Name=value.";
                continue;
            }

            if (!IsKnown(key, options.Keys))
            {
                yield return $"The switch --{UserText.Escape(key)} is no option.{Suggestion(key, options)}";
            }
        }
    }

    // Keys inside a known section are checked where the section is bound, whatever source they come from.
    private static bool IsKnown(string key, IEnumerable<string> sections) =>
        sections.Append(SerilogSection.Name).Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase)
        || s_hostKeys.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static string Suggestion(string key, IReadOnlyDictionary<string, IReadOnlyList<string>> options)
    {
        List<string> full = [.. options.SelectMany(section => section.Value.Select(name => $"--{section.Key}:{name}"))];
        string? sameName = full.Find(option => option.EndsWith($":{key}", StringComparison.OrdinalIgnoreCase));
        return sameName is null ? DidYouMean.Clause($"--{key}", full) : $" Did you mean {sameName}?";
    }
}
