using ChatD.Configuration;
using ChatD.Stays;
using Microsoft.Extensions.Options;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;

namespace ChatD.Administration;

/// <summary>Tells of the players.</summary>
internal sealed class ListSessions(IOptions<ChatOptions> options, StayRegistry stays) : IAdminCommand
{
    /// <inheritdoc/>
    public string Path => AdminPaths.Who;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Read;

    /// <inheritdoc/>
    public ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        int limit = call.FindNumber("limit", AdminLimits.DefaultWho, 0, AdminLimits.MaxWho);
        IReadOnlyList<PlayerStay> all = stays.All;
        SessionStatus[] shown = [.. all.OrderBy(stay => stay.Session.Id).Take(limit).Select(stay => stay.Describe())];
        return ValueTask.FromResult(AdminReply.Of(new SessionsAnswer(options.Value.Instance, all.Count, shown), AdminJson.Default.SessionsAnswer));
    }
}
