using ChannelD.Moderation;
using ChannelD.State;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Names;

namespace ChannelD.Administration;

/// <summary>Lets a muted character speak again as <c>/채팅금지해제</c> does, for an operator.</summary>
internal sealed class UnmuteCharacter(Muting muting) : IAdminCommand
{
    /// <inheritdoc/>
    public string Path => AdminPaths.Unmute;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Change;

    /// <inheritdoc/>
    public async ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        CharacterName name = OperatorNames.Read(call.Read(AdminJson.Default.UnmuteRequest).Name);
        try
        {
            MuteStatus status = await muting.UnmuteAsync(OperatorNames.Tier, OperatorNames.Of(call.Caller), KeptName.Of(name), cancellationToken);
            return AdminReply.Of(new MuteAnswer(name.Display, status == MuteStatus.Done, MutedUntil: null), AdminJson.Default.MuteAnswer);
        }
        catch (StateStoreException fault)
        {
            throw KeptState.Refuse(fault);
        }
    }
}
