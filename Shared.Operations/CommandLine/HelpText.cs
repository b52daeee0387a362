using System.Globalization;
using System.Text;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Operations.CommandLine;

/// <summary>Writes what <c>--help</c> prints.</summary>
internal static class HelpText
{
    /// <summary>The text.</summary>
    public static string Write(DaemonProgram program, string version, IReadOnlyList<SettingView> settings)
    {
        string dll = char.ToUpperInvariant(program.Name[0]) + program.Name[1..] + ".dll";
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            {program.Name} {version}: {program.Purpose}

            Usage: dotnet {dll} [--Section:Option=value ...]
                   dotnet {dll} COMMAND [the same options]

            Commands (without one it runs until SIGTERM or SIGINT):
              --check-config    says whether the configuration is valid; exit code 0, or 2 and every fault
              --print-config    prints every option with its value, where that comes from, its default and meaning
              --sample-config   prints a file appsettings.json with every option
              --health          asks the daemon of these options that runs: exit code 0 ready, 1 not ready, 2 the configuration
                                is not valid, 3 it cannot be reached
              --version         prints the version
              --help            prints this

            Options come from appsettings.json beside the program, the environment (Ipc__RequestKey=1234) and the command line
            (--Ipc:RequestKey=1234); the last one counts. SIGHUP has them read again. The most used ones:


            """);
        foreach (SettingView setting in settings.Where(setting => program.CommonOptions.Contains(setting.Key)).OrderBy(setting => IndexOf(program, setting)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  --{setting.Key}={(setting.Default.Length > 0 ? setting.Default : "...")}\n");
            Words.AppendTo(text, "      ", setting.Sentence);
        }

        text.Append(
            """

            Exit codes: 0 stopped when asked to, 1 a fault, 2 the configuration is not valid, 3 a resource was refused.
            All options: --print-config, and docs/configuration.md.

            """);
        return text.ToString();
    }

    private static int IndexOf(DaemonProgram program, SettingView setting) => program.CommonOptions.ToList().IndexOf(setting.Key);
}
