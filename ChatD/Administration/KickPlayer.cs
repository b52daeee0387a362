using ChatD.Stays;
using ChatD.Texts;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Names;

namespace ChatD.Administration;

/// <summary>Ends a player's session, and tells him why. He may log in again at once: whoever is to stay away is muted, or his name is taken.</summary>
internal sealed class KickPlayer(StayRegistry stays) : IAdminCommand
{
    /// <inheritdoc/>
    public string Path => AdminPaths.Kick;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Change;

    /// <inheritdoc/>
    public ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        KickRequest request = call.Read(AdminJson.Default.KickRequest);
        string reason = request.Reason ?? string.Empty;
        if (!CharacterName.TryParse(request.Name ?? string.Empty, out CharacterName name, out _))
        {
            throw AdminRefusedException.BadRequest("The name is no character's name.");
        }

        if (reason.Length > AdminLimits.MaxReasonChars || !UserText.IsClean(reason))
        {
            throw AdminRefusedException.BadRequest($"The reason is one line of at most {AdminLimits.MaxReasonChars} characters, all of them to be seen.");
        }

        if (!stays.TryFind(name, out PlayerStay? stay))
        {
            throw AdminRefusedException.NotFound($"{UserText.Escape(name.Display)} is not with this chatD.");
        }

        stay.Session.Lose(reason.Length > 0 ? ChatCodes.KickedFor : ChatCodes.Kicked, reason);
        return ValueTask.FromResult(AdminReply.Of(
            new KickAnswer(stay.Session.Name.Display, stay.Session.Id, stay.Session.Channel), AdminJson.Default.KickAnswer));
    }
}
