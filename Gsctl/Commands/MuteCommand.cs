using System.CommandLine;
using System.Globalization;
using Gsctl.CommandLine;
using Shared.Protocol.Administration;

namespace Gsctl.Commands;

/// <summary><c>gsctl mute NAME MINUTES REASON</c>: as <c>/채팅금지</c> of a game master.</summary>
internal sealed class MuteCommand : IOperatorCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The character's name." };
    private readonly Argument<int> _minutes = new("MINUTES") { Description = "For how long, in minutes; a year at most.", CustomParser = result => GlobalOptions.Whole(result, 1, 525_600) };
    private readonly Argument<string[]> _reason = new("REASON") { Description = "Why, for the player to read.", Arity = ArgumentArity.OneOrMore };

    /// <summary>Makes it.</summary>
    public MuteCommand() => Syntax = new Command("mute", "Keeps a character from speaking for a while, even one that is offline.") { _name, _minutes, _reason };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        MuteRequest request = new(parsed.GetRequiredValue(_name), parsed.GetValue(_minutes), string.Join(' ', parsed.GetRequiredValue(_reason)));
        return await Muter.RunAsync(
            context,
            request.Name,
            client => client.PostAsync(AdminPaths.Mute, request, AdminJson.Default.MuteRequest, AdminJson.Default.MuteAnswer, cancellationToken),
            report => string.Create(
                CultureInfo.InvariantCulture, $"{report.Daemon}: {Shared.Terminal.VisibleText.Of(report.Name)} is muted until {report.MutedUntil:yyyy-MM-dd HH:mm:ss} UTC."),
            cancellationToken);
    }
}
