namespace Shared.Protocol.Transport;

/// <summary>Which of the two daemons.</summary>
public enum DaemonRole
{
    /// <summary>Holds the players' connections; reads results and events.</summary>
    ChatD = 1,

    /// <summary>Knows the characters of a channel; reads requests and control frames.</summary>
    ChannelD = 2,
}
