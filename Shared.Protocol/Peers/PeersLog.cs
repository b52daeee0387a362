using Microsoft.Extensions.Logging;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Peers;

/// <summary>Log events 1300 to 1399.</summary>
internal static partial class PeersLog
{
    [LoggerMessage(1300, LogLevel.Information, "Channel {ChannelId} is there: generation {Generation:x16}, admission {Admission}.")]
    public static partial void ChannelUp(ILogger logger, int channelId, ulong generation, ulong admission);

    [LoggerMessage(1301, LogLevel.Warning, "Channel {ChannelId} has taken its leave. Lines for it wait a moment for the next one, and are refused after that.")]
    public static partial void ChannelLeft(ILogger logger, int channelId);

    [LoggerMessage(1302, LogLevel.Warning, "Channel {ChannelId} has been silent for {LeaseMs} ms. Requests for it are refused until it answers.")]
    public static partial void ChannelSilent(ILogger logger, int channelId, int leaseMs);

    [LoggerMessage(1303, LogLevel.Error, "The news of a channel's link could not be dealt with.")]
    public static partial void ObserverFailed(ILogger logger, Exception exception);

    [LoggerMessage(1310, LogLevel.Information, "chatD {ChatInstance} is admitted: generation {Generation:x16}, admission {Admission}.")]
    public static partial void ChatAdmitted(ILogger logger, int chatInstance, ulong generation, ulong admission);

    [LoggerMessage(1311, LogLevel.Information, "chatD {ChatInstance} has taken its leave; its sessions have ended.")]
    public static partial void ChatLeft(ILogger logger, int chatInstance);

    [LoggerMessage(1312, LogLevel.Warning, "chatD {ChatInstance} has been silent for {LeaseMs} ms; its sessions have ended.")]
    public static partial void ChatSilent(ILogger logger, int chatInstance, long leaseMs);

    [LoggerMessage(1313, LogLevel.Information, "{Count} frames for chatD {ChatInstance}, which is gone, were taken out of its mailboxes.")]
    public static partial void FramesDiscarded(ILogger logger, int count, int chatInstance);

    [LoggerMessage(1320, LogLevel.Warning, "A control frame was dropped: {Fault}.")]
    public static partial void MalformedControl(ILogger logger, FrameFault fault);
}
