using System.CommandLine;
using Gsctl.CommandLine;
using Shared.Protocol.Administration;

namespace Gsctl.Commands;

/// <summary><c>gsctl unmute NAME</c>: as <c>/채팅금지해제</c> of a game master.</summary>
internal sealed class UnmuteCommand : IOperatorCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The character's name." };

    /// <summary>Makes it.</summary>
    public UnmuteCommand() => Syntax = new Command("unmute", "Lets a muted character speak again. Exit code 1 where it was not muted.") { _name };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        UnmuteRequest request = new(parsed.GetRequiredValue(_name));
        return await Muter.RunAsync(
            context,
            request.Name,
            client => client.PostAsync(AdminPaths.Unmute, request, AdminJson.Default.UnmuteRequest, AdminJson.Default.MuteAnswer, cancellationToken),
            report => $"{report.Daemon}: {Shared.Terminal.VisibleText.Of(report.Name)} {(report.HasChanged ? "may speak again." : "is not muted.")}",
            cancellationToken);
    }
}
