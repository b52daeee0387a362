using System.CommandLine;
using System.Globalization;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;

namespace Gsctl.Commands;

/// <summary><c>gsctl kick NAME</c>: ends a player's session.</summary>
internal sealed class KickCommand : IOperatorCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The character's name." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the player to read.", HelpName = "TEXT" };

    /// <summary>Makes it.</summary>
    public KickCommand() => Syntax = new Command(
        "kick", "Ends a player's session and tells him why. He may log in again at once. Exit code 1 where he is with no chatD.") { _name, _reason };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        KickRequest request = new(parsed.GetRequiredValue(_name), parsed.GetValue(_reason));
        using Fleet fleet = context.Open(DaemonRole.ChatD);
        IReadOnlyList<DaemonAnswer<KickAnswer>> answers = await fleet.AskAsync(
            client => client.PostAsync(AdminPaths.Kick, request, AdminJson.Default.KickRequest, AdminJson.Default.KickAnswer, cancellationToken));
        DaemonAnswer<KickAnswer>[] done = [.. answers.Where(answer => answer.Value is not null)];
        foreach (DaemonAnswer<KickAnswer> answer in done)
        {
            KickAnswer kicked = answer.Value!;
            if (context.Report.IsJson)
            {
                context.Report.Json(new KickReport(answer.Address.Name, kicked.Name, kicked.SessionId, kicked.Channel));
            }
            else
            {
                context.Report.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{answer.Address.Name}: session {kicked.SessionId} of {Shared.Terminal.VisibleText.Of(kicked.Name)} in channel {kicked.Channel} is ended."));
            }
        }

        // That the others do not have him is no news; that they could not be asked is.
        foreach (AdminFault fault in answers.Select(answer => answer.Fault).OfType<AdminFault>().Where(fault => done.Length == 0 || fault.Code != AdminCodes.NotFound))
        {
            context.Report.Problem(fault.Message);
        }

        return answers.Any(answer => answer.Fault is { Code: null or AdminCodes.Forbidden }) ? ExitCodes.Partly
            : done.Length == 0 ? ExitCodes.Refused
            : ExitCodes.Done;
    }
}
