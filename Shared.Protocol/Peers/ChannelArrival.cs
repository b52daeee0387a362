namespace Shared.Protocol.Peers;

/// <summary>As what a channelD has come up.</summary>
public enum ChannelArrival
{
    /// <summary>The same process, which has known this chatD's sessions all the time; only its answers were missing.</summary>
    Returned = 1,

    /// <summary>The same process, which had given this chatD up, forgotten its sessions and dropped the answers for it.</summary>
    Readmitted,

    /// <summary>Another process: it knows no session, and what the one before was asked is lost.</summary>
    Replaced,
}
