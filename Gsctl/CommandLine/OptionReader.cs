using Microsoft.Extensions.Configuration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;

namespace Gsctl.CommandLine;

/// <summary>Takes the options of the daemons (<c>--Ipc:RequestKey=1234</c>, <c>Ipc__RequestKey</c>) out of the command line and the environment.</summary>
internal static class OptionReader
{
    /// <summary>Parts the arguments into those of gsctl and the daemons' options.</summary>
    public static (string[] Own, string[] Options) Part(string[] arguments)
    {
        List<string> own = [];
        List<string> options = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.Contains(':', StringComparison.Ordinal))
            {
                own.Add(argument);
            }
            else
            {
                // --Ipc:RequestKey 1234 as well.
                options.Add(equals >= 0 || i + 1 == arguments.Length ? argument : $"{argument}={arguments[++i]}");
            }
        }

        return ([.. own], [.. options]);
    }

    /// <summary>Reads the section <c>Ipc</c>.</summary>
    /// <exception cref="GsctlException">It is not valid, or another section was named.</exception>
    public static IpcOptions Read(string[] options)
    {
        string[] foreign = [.. options.Where(option => !option.StartsWith("--Ipc:", StringComparison.OrdinalIgnoreCase))];
        if (foreign.Length > 0)
        {
            throw new GsctlException(ExitCodes.Usage, $"{foreign[0]}: of the daemons' options gsctl takes those of Ipc, by which it finds them.");
        }

        IConfigurationRoot configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(options).Build();
        (object value, IReadOnlyList<string> faults) = new SectionBinder(configuration, IpcOptions.Section, typeof(IpcOptions)).Bind();
        return faults.Count == 0 ? (IpcOptions)value : throw new GsctlException(ExitCodes.Usage, string.Join(Environment.NewLine, faults));
    }
}
