using Shared.Protocol.Transport;

namespace Gsctl.Discovery;

/// <summary>Which of the daemons of a key are meant.</summary>
/// <param name="Chat">The chatD of this number; null where not one chatD alone is meant.</param>
/// <param name="Channel">The channelD of this channel; null where not one channelD alone is meant.</param>
/// <param name="Sockets">These sockets, wherever they lie; empty for those in the runtime folders.</param>
internal sealed record DaemonSelection(int? Chat, int? Channel, IReadOnlyList<string> Sockets)
{
    /// <summary>Whether a daemon is meant.</summary>
    public bool Includes(DaemonClaim claim) => (Chat, Channel) switch
    {
        (null, null) => true,
        _ when claim.Role == DaemonRole.ChatD => claim.Instance == Chat,
        _ => claim.Instance + 1 == Channel,
    };
}
