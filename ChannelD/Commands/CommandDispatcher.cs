using ChannelD.Diagnostics;
using ChannelD.Directory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace ChannelD.Commands;

/// <summary>
/// Runs lines of players. Every line gets exactly one answer, and none throws. Where the command answers from memory, the task is complete
/// when it is returned, and nothing is allocated but what the answer carries. For any thread.
/// </summary>
public sealed class CommandDispatcher
{
    private readonly CharacterDirectory _directory;
    private readonly CommandRegistry _commands;
    private readonly CommandGate _gate;
    private readonly ChannelMetrics _metrics;
    private readonly ILogger<CommandDispatcher> _logger;
    private readonly int _ownChannel;
    private readonly int _maxLineChars;

    /// <summary>Makes a dispatcher.</summary>
    public CommandDispatcher(
        CharacterDirectory directory,
        CommandRegistry commands,
        CommandGate gate,
        ChannelMetrics metrics,
        IOptions<ChannelOptions> options,
        ILogger<CommandDispatcher> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _directory = directory;
        _commands = commands;
        _gate = gate;
        _metrics = metrics;
        _logger = logger;
        _ownChannel = options.Value.Id;
        _maxLineChars = options.Value.MaxLineChars;
    }

    /// <summary>Runs a line.</summary>
    /// <param name="session">The session that typed it; null for an asker that has none, and so no character. For one that is not known nothing is run.</param>
    /// <param name="line">
    /// The line as typed. One that does not start with <c>/</c> is said to the asker's map, if he has a character; else it names no command.
    /// </param>
    /// <param name="cancellationToken">Signalled when nobody waits for the answer any more.</param>
    /// <param name="lastWhisperFrom">Who whispered to the session last; null for nobody.</param>
    /// <returns>
    /// The answer; a message is always in it, whatever the status, but for Busy <c>unknown_session</c>: the character is on its way to another channelD,
    /// and so is the line, which was not run.
    /// </returns>
    public ValueTask<ResultBody<CommandResult>> RunAsync(
        SessionId? session, string line, CancellationToken cancellationToken, string? lastWhisperFrom = null) =>
        BeginAsync(session, line, lastWhisperFrom, out _, cancellationToken);

    /// <summary>Runs a line, and says what becomes of the next one.</summary>
    /// <param name="session">The session that typed it.</param>
    /// <param name="line">The line as typed.</param>
    /// <param name="lastWhisperFrom">Who whispered to the session last; null for nobody.</param>
    /// <param name="holdsNext">Whether the session's next line is to wait until this one is through.</param>
    /// <param name="cancellationToken">Signalled when nobody waits for the answer any more.</param>
    internal ValueTask<ResultBody<CommandResult>> BeginAsync(
        SessionId? session, string line, string? lastWhisperFrom, out bool holdsNext, CancellationToken cancellationToken)
    {
        holdsNext = false;
        long beganAt = _metrics.BeginCommand();
        Character? asker = session is { } known && _directory.TryGetPlayed(known, out Character played) ? played : null;
        if (asker is { IsLeaving: true })
        {
            // Typed behind a change of channels: where the character arrives it is run, and counted.
            return ValueTask.FromResult(ResultBody<CommandResult>.Busy(OutcomeCodes.UnknownSession));
        }

        IPlayerCommand? command = Resolve(line, asker, isSession: session is not null, out ReadOnlyMemory<char> argument);
        string id = command?.Description.Id ?? string.Empty;
        if (session is not null && asker is null)
        {
            // It was known, as a rule, when this was typed: it is made known, and the line comes again. What it was told without would be as if its character had never been there.
            return ValueTask.FromResult(Finish(id, CommandAnswer.NoSession(), beganAt));
        }

        if (line?.Length > _maxLineChars)
        {
            return ValueTask.FromResult(Finish(id, CommandAnswer.TooLarge(_maxLineChars), beganAt));
        }

        if (asker is { } character && _gate.Refuses(character, command?.Description, out CommandAnswer refusal))
        {
            return ValueTask.FromResult(Finish(id, refusal, beganAt));
        }

        if (command is null)
        {
            return ValueTask.FromResult(Finish(id, CommandAnswer.Error(CommonCodes.UnknownCommand), beganAt));
        }

        if (!CommandLine.IsText(argument.Span))
        {
            return ValueTask.FromResult(Finish(id, CommandAnswer.Usage(), beganAt));
        }

        if (asker is null && command.Description.NeedsCharacter)
        {
            return ValueTask.FromResult(Finish(id, CommandAnswer.NoSession(), beganAt));
        }

        var call = new CommandCall
        {
            Asker = asker,
            Channel = asker?.Channel ?? _ownChannel,
            Argument = argument,
            LastWhisperFrom = lastWhisperFrom,
            Commands = _commands,
        };
        ValueTask<ResultBody<CommandResult>> started = StartAsync(command.Description, command, call, beganAt, cancellationToken);
        holdsNext = !started.IsCompleted && !command.Description.TakesEffectAtOnce;
        return started;
    }

    /// <summary>The command of a line; null where to this asker there is none.</summary>
    private IPlayerCommand? Resolve(string line, in Character? asker, bool isSession, out ReadOnlyMemory<char> argument)
    {
        if (CommandLine.TryParse(line, out CommandLine parts))
        {
            argument = parts.Argument;
            return _commands.Find(parts.Name.Span) is { } named && _gate.Shows(named.Description, asker?.Tier ?? 0) ? named : null;
        }

        // Programs without sessions say nothing; a session that is not known is answered so, and may be made known.
        return CommandLine.TryReadSentence(line, out argument) && isSession ? _commands.Say : null;
    }

    private ValueTask<ResultBody<CommandResult>> StartAsync(
        CommandDescription description,
        IPlayerCommand command,
        CommandCall call,
        long beganAt,
        CancellationToken cancellationToken)
    {
        ValueTask<CommandAnswer> running;
        try
        {
            running = command.RunAsync(call, cancellationToken);
            if (running.IsCompletedSuccessfully)
            {
                return ValueTask.FromResult(End(description, call, running.Result, beganAt));
            }
        }
#pragma warning disable CA1031 // A command is anybody's code; whatever it throws, its asker gets an answer and the others go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ValueTask.FromResult(Fail(description.Id, exception, beganAt, cancellationToken));
        }

        return AwaitAsync(description, call, running, beganAt, cancellationToken);
    }

    private async ValueTask<ResultBody<CommandResult>> AwaitAsync(
        CommandDescription description,
        CommandCall call,
        ValueTask<CommandAnswer> running,
        long beganAt,
        CancellationToken cancellationToken)
    {
        try
        {
            return End(description, call, await running, beganAt);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Fail(description.Id, exception, beganAt, cancellationToken);
        }
    }

    private ResultBody<CommandResult> End(CommandDescription description, in CommandCall call, in CommandAnswer answer, long beganAt)
    {
        if (call.Asker is { } asker)
        {
            _gate.Ended(asker, description, answer);
        }

        return Finish(description.Id, answer, beganAt);
    }

    private ResultBody<CommandResult> Fail(string id, Exception exception, long beganAt, CancellationToken cancellationToken)
    {
        // Nobody waits for the answer of a cancelled command: that is no failure of it.
        if (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ChannelLog.CommandFailed(_logger, id, exception);
        }

        return Finish(id, CommandAnswer.Error(OutcomeCodes.Internal), beganAt);
    }

    private ResultBody<CommandResult> Finish(string id, CommandAnswer answer, long beganAt)
    {
        _metrics.Answered(id, answer.Code, beganAt);
        var result = new CommandResult(id, answer.Code, answer.Arguments, Text: null, answer.TransferTo, answer.TransferMap);
        return new ResultBody<CommandResult>(answer.Status, answer.Status == ResultStatus.Ok ? null : answer.Code, result, HasMessage: true);
    }
}
