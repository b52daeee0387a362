using ChatD.Configuration;
using ChatD.Connections;
using ChatD.Sessions;
using ChatD.Stays;
using Microsoft.Extensions.Options;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;

namespace ChatD.Administration;

/// <summary>chatD's part of the status.</summary>
internal sealed class ChatStatusContributor(IOptions<ChatOptions> options, SessionRegistry sessions, StayRegistry stays, LogInAdmission admission) : IStatusContributor
{
    /// <inheritdoc/>
    public DaemonStatus AddTo(DaemonStatus status) => status with
    {
        Chat = new ChatStatus(
            options.Value.Listen, options.Value.HomeChannel, sessions.Count, options.Value.MaxPlayers, stays.DetachedCount, admission.PendingCount),
    };
}
