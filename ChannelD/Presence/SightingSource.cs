namespace ChannelD.Presence;

/// <summary>Where what is known of a character comes from.</summary>
public enum SightingSource
{
    /// <summary>From this channelD, which runs its channel.</summary>
    Own = 1,

    /// <summary>From what the channelD that runs its channel has told.</summary>
    Replica = 2,

    /// <summary>From a channelD that has been silent for longer than its lease: nobody knows whether it is still so.</summary>
    Expired = 3,
}
