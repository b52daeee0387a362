using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Operations.CommandLine;

/// <summary>Runs a daemon from its command line to its exit code, or does what else the command line asks for. Nothing is opened for the latter.</summary>
public static class OperatedDaemon
{
    /// <summary>Does what the arguments say. Returns the exit code (<see cref="ExitCodes"/>, and those of <c>--health</c>); throws nothing.</summary>
    /// <param name="program">What the daemon is.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="setUp">Sets the daemon up for the options it is given. May throw.</param>
    public static async Task<int> RunAsync(DaemonProgram program, string[] arguments, Func<string[], DaemonSetup> setUp)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(setUp);
        DaemonCommand command;
        string[] options;
        try
        {
            command = CommandSwitches.Take(arguments, out options);
        }
        catch (ConfigurationException fault)
        {
            // Told like every other fault of the command line.
            return await DaemonHost.RunAsync(program.Name, () => throw fault);
        }

        if (command == DaemonCommand.Run)
        {
            return await DaemonHost.RunAsync(program.Name, () => setUp(options).Build());
        }

        try
        {
            return await RunAsync(command, program, options, setUp, Console.Out);
        }
#pragma warning disable CA1031 // It becomes an exit code and a line, as it does for a daemon that runs.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure failure = Failure.Of(exception, building: true);
            await Console.Error.WriteLineAsync($"{program.Name}: {string.Join(Environment.NewLine, failure.Lines)}");
            return failure.ExitCode;
        }
    }

    private static async Task<int> RunAsync(DaemonCommand command, DaemonProgram program, string[] options, Func<string[], DaemonSetup> setUp, TextWriter output)
    {
        switch (command)
        {
            case DaemonCommand.Help:
                await output.WriteAsync(HelpText.Write(program, Version, SettingsOf(setUp([])).DescribeDefaults()));
                return ExitCodes.Clean;
            case DaemonCommand.Version:
                await output.WriteLineAsync($"{program.Name} {Version}");
                return ExitCodes.Clean;
            case DaemonCommand.SampleConfig:
                await output.WriteAsync(SampleConfiguration.Write(program.Name, SettingsOf(setUp([])).DescribeDefaults()));
                return ExitCodes.Clean;
        }

        DaemonSetup setup = setUp(options);
        SettingsRegistry settings = SettingsOf(setup);
        await using ServiceProvider services = setup.Builder.Services.BuildServiceProvider();
        settings.ThrowIfFaulty(services);
        switch (command)
        {
            case DaemonCommand.CheckConfig:
                await output.WriteLineAsync($"{program.Name}: the configuration is valid");
                return ExitCodes.Clean;
            case DaemonCommand.PrintConfig:
                await output.WriteAsync(PrintedConfiguration.Write(settings.Describe()));
                return ExitCodes.Clean;
            default:
                return await HealthCommand.RunAsync(
                    services.GetRequiredService<DaemonIdentity>(),
                    services.GetRequiredService<IOptions<OpsOptions>>().Value,
                    services.GetRequiredService<IOptions<IpcOptions>>().Value,
                    output);
        }
    }

    private static SettingsRegistry SettingsOf(DaemonSetup setup) => Shared.Protocol.Hosting.OptionsServiceCollectionExtensions.Registry(setup.Builder.Services);

    private static string Version =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
