using Shared.Protocol.Hosting;

namespace Shared.Operations.CommandLine;

/// <summary>Finds a command among the arguments.</summary>
internal static class CommandSwitches
{
    private static readonly Dictionary<string, DaemonCommand> s_commands = new(StringComparer.Ordinal)
    {
        ["--help"] = DaemonCommand.Help,
        ["-h"] = DaemonCommand.Help,
        ["-?"] = DaemonCommand.Help,
        ["--version"] = DaemonCommand.Version,
        ["--check-config"] = DaemonCommand.CheckConfig,
        ["--print-config"] = DaemonCommand.PrintConfig,
        ["--sample-config"] = DaemonCommand.SampleConfig,
        ["--health"] = DaemonCommand.Health,
    };

    /// <summary>Takes the command out of the arguments; the rest are options.</summary>
    /// <exception cref="ConfigurationException">There is more than one.</exception>
    public static DaemonCommand Take(string[] arguments, out string[] options)
    {
        string[] found = [.. arguments.Where(s_commands.ContainsKey)];
        options = [.. arguments.Where(argument => !s_commands.ContainsKey(argument))];
        return found.Length switch
        {
            0 => DaemonCommand.Run,
            1 => s_commands[found[0]],
            _ when found.Select(name => s_commands[name]).Distinct().Count() == 1 => s_commands[found[0]],
            _ => throw new ConfigurationException($"{found[0]} and {found[1]} cannot be asked for at once."),
        };
    }
}
