using ChannelD.Moderation;
using ChannelD.State;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Names;

namespace ChannelD.Administration;

/// <summary>Mutes a character as <c>/채팅금지</c> does, for an operator.</summary>
internal sealed class MuteCharacter(Muting muting) : IAdminCommand
{
    /// <inheritdoc/>
    public string Path => AdminPaths.Mute;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Change;

    /// <inheritdoc/>
    public async ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        MuteRequest request = call.Read(AdminJson.Default.MuteRequest);
        CharacterName name = OperatorNames.Read(request.Name);
        if (string.IsNullOrWhiteSpace(request.Reason) || !UserText.IsClean(request.Reason))
        {
            throw AdminRefusedException.BadRequest("A mute has a reason, in one line of characters that are to be seen: the player reads it.");
        }

        try
        {
            (MuteStatus status, DateTimeOffset until) = await muting.MuteAsync(
                OperatorNames.Tier, OperatorNames.Of(call.Caller), KeptName.Of(name), request.Minutes, request.Reason, cancellationToken);
            return status switch
            {
                MuteStatus.Done => AdminReply.Of(new MuteAnswer(name.Display, HasChanged: true, until), AdminJson.Default.MuteAnswer),
                MuteStatus.BadMinutes => throw AdminRefusedException.BadRequest($"The time is 1 to {Muting.MaxMinutes} minutes."),
                _ => throw AdminRefusedException.BadRequest($"The reason has at most {StateLimits.MaxReasonChars} characters."),
            };
        }
        catch (StateStoreException fault)
        {
            throw KeptState.Refuse(fault);
        }
    }
}
