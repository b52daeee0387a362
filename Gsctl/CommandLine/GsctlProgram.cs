using System.CommandLine;
using System.Runtime.InteropServices;
using Gsctl.Commands;
using Gsctl.Connection;
using Gsctl.Output;
using Shared.Protocol.Hosting;
using Shared.Terminal;

namespace Gsctl.CommandLine;

/// <summary>The command line: what it accepts, how it explains itself, and what it turns into.</summary>
internal static class GsctlProgram
{
    private const string Purpose =
        "Looks at the chatDs and channelDs of one key on this host, and has them do things, over their sockets of administration. It never writes to "
        + "their queues.\n\nIt finds them by the same options as they have: --Ipc:RequestKey=N (default 1234), --Ipc:RuntimeFolder=FOLDER, or the environment "
        + "(Ipc__RequestKey).\n\nExit codes: 0 done, 1 nobody found, not ready or refused, 2 wrong usage, 3 no daemon reached, 4 not all daemons reached, "
        + "129, 130, 143 ended by a signal before it was done.";

    /// <summary>Reads the command line and does what it says. Throws nothing.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <param name="outputClosed">Signalled when nobody takes results any more: whatever shows something for ever ends then, and all else is done.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken outputClosed)
    {
        (string[] own, string[] options) = OptionReader.Part(arguments);
        RootCommand root = new(Purpose);
        foreach (Option option in GlobalOptions.All)
        {
            root.Add(option);
        }

        foreach (IOperatorCommand command in AllCommands())
        {
            Command syntax = command.Syntax;
            syntax.SetAction((parsed, cancellationToken) => RunAsync(command, parsed, options, output, error, command.EndsWithSignal ? outputClosed : CancellationToken.None, cancellationToken));
            root.Add(syntax);
        }

        ParseResult result = root.Parse(own);
        if (result.Errors.Count > 0)
        {
            foreach (string message in result.Errors.Select(static problem => problem.Message).Distinct())
            {
                await error.WriteLineAsync($"gsctl: {VisibleText.Of(message)}");
            }

            await error.WriteLineAsync("All commands: gsctl --help");
            return ExitCodes.Usage;
        }

        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output,
            Error = error,
        };
        return await result.InvokeAsync(invocation, CancellationToken.None);
    }

    /// <summary>The commands, in the order in which they are explained.</summary>
    internal static IReadOnlyList<IOperatorCommand> AllCommands() =>
    [
        new StatusCommand(), new QueuesCommand(), new TopCommand(), new WhoCommand(), new FindCommand(), new TraceCommand(), new KickCommand(),
        new MuteCommand(), new UnmuteCommand(), new DrainCommand(), new PurgeCommand(),
    ];

    private static async Task<int> RunAsync(
        IOperatorCommand command, ParseResult parsed, string[] options, TextWriter output, TextWriter error, CancellationToken outputClosed, CancellationToken cancellationToken)
    {
        PosixSignal signal = PosixSignal.SIGINT;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outputClosed);
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        bool isTerminal = !Console.IsOutputRedirected;
        var report = new Report(output, error, parsed.GetValue(GlobalOptions.Json), Style.OfStandardOutput(), isTerminal ? Columns() : null);
        try
        {
            IpcOptions ipc = OptionReader.Read(options);
            return await command.RunAsync(
                new GsctlContext(ipc, GlobalOptions.Selection(parsed), GlobalOptions.Trust(parsed, ipc), GlobalOptions.AnswerLimit(parsed), report), parsed, ending.Token);
        }
        catch (GsctlException refusal)
        {
            foreach (string line in refusal.Message.Split(Environment.NewLine))
            {
                report.Problem(line);
            }

            return refusal.ExitCode;
        }
        catch (AdminFault fault)
        {
            report.Problem(fault.Message);
            return fault.Code is null ? ExitCodes.CannotReach : ExitCodes.Refused;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Asked to end, at whatever it was. What goes on until then is done by that; all else is not.
            return command.EndsWithSignal ? ExitCodes.Done : signal switch
            {
                PosixSignal.SIGHUP => ExitCodes.HungUp,
                PosixSignal.SIGTERM => ExitCodes.Terminated,
                _ => ExitCodes.Interrupted,
            };
        }
#pragma warning disable CA1031 // The operator is told, and scripts see that it failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            report.Problem($"it failed, which it should not: {exception.GetType().Name}: {exception.Message} Whether anything was changed the daemon's log tells (event 1432).");
            return ExitCodes.Refused;
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            signal = context.Signal;
            ending.Cancel();
        }
    }

    private static int Columns()
    {
        const int WhereNobodySays = 80;
        int columns = Console.WindowWidth;
        return columns > 0 ? columns : WhereNobodySays;
    }
}
