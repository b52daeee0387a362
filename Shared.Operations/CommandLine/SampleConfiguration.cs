using System.Globalization;
using System.Text;
using System.Text.Json;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Operations.CommandLine;

/// <summary>
/// Writes a file <c>appsettings.json</c> with every option, its meaning in a comment before it. It can be used as it is: each option holds its
/// default, and what has none is commented out.
/// </summary>
internal static class SampleConfiguration
{
    private const string Comment = "    // ";

    /// <summary>The text.</summary>
    public static string Write(string daemonName, IReadOnlyList<SettingView> settings)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"// Every option of {daemonName} with its default, as {daemonName} --sample-config prints it. Comments are allowed in this file.\n{{\n");
        IGrouping<string, SettingView>[] sections = [.. settings.GroupBy(setting => setting.Key.Split(':')[0])];
        foreach (IGrouping<string, SettingView> section in sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"  \"{section.Key}\": {{\n");
            AppendOptions(text, [.. section]);
            text.Append(section == sections[^1] ? "  }\n" : "  },\n\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void AppendOptions(StringBuilder text, SettingView[] options)
    {
        SettingView? last = options.LastOrDefault(IsGiven);
        foreach (SettingView option in options)
        {
            Words.AppendTo(text, Comment, option.Sentence.Replace("\n", " ", StringComparison.Ordinal));
            Words.AppendTo(text, Comment, $"Allowed: {option.Allowed ?? "see docs/configuration.md"}. {(option.IsReloadable ? "Changes on SIGHUP." : string.Empty)}");
            string name = option.Key[(option.Key.IndexOf(':', StringComparison.Ordinal) + 1)..];
            text.Append(IsGiven(option) ? "    " : Comment).Append(CultureInfo.InvariantCulture, $"\"{name}\": {JsonOf(option)}");
            text.Append(!IsGiven(option) ? ",\n" : option == last ? "\n" : ",\n");
            text.Append(option == options[^1] ? string.Empty : "\n");
        }
    }

    private static bool IsGiven(SettingView option) => option.Default.Length > 0 && option.Default != SettingDescription.Mask;

    private static string JsonOf(SettingView option)
    {
        Type type = Nullable.GetUnderlyingType(option.Type) ?? option.Type;
        bool isBare = IsGiven(option) && (type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(bool));
        return isBare ? option.Default : JsonSerializer.Serialize(IsGiven(option) ? option.Default : string.Empty);
    }
}
