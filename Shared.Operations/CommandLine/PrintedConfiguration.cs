using System.Globalization;
using System.Text;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Operations.CommandLine;

/// <summary>Writes what <c>--print-config</c> prints: a line <c>Section:Option = value</c> for each option, and what there is to say of it below.</summary>
internal static class PrintedConfiguration
{
    private const string Indent = "    ";

    /// <summary>The text.</summary>
    public static string Write(IReadOnlyList<SettingView> settings)
    {
        StringBuilder text = new();
        foreach (SettingView setting in settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{setting.Key} = {UserText.Escape(setting.Value)}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Indent}from: {UserText.Escape(setting.Source)}; default: {(setting.Default.Length > 0 ? setting.Default : "none")}");
            text.Append(setting.Allowed is { } allowed ? $"; allowed: {allowed}" : string.Empty);
            text.Append(setting.IsReloadable ? "; changes on SIGHUP\n" : "; changes at the next start\n");
            Words.AppendTo(text, Indent, setting.Sentence);
            text.Append('\n');
        }

        return text.ToString();
    }
}
