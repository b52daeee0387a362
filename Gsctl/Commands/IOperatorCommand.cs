using System.CommandLine;
using Gsctl.CommandLine;

namespace Gsctl.Commands;

/// <summary>One command of gsctl.</summary>
internal interface IOperatorCommand
{
    /// <summary>How it is typed.</summary>
    Command Syntax { get; }

    /// <summary>Whether it goes on until it is ended, so that a signal is no failure.</summary>
    bool EndsWithSignal => false;

    /// <summary>Does it.</summary>
    /// <param name="context">What every command is given.</param>
    /// <param name="parsed">Its own arguments.</param>
    /// <param name="cancellationToken">Signalled by SIGINT and SIGTERM.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="GsctlException">It cannot be done.</exception>
    Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken);
}
