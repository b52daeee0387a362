namespace ChannelD.Presence;

/// <summary>Who runs a channel, as far as this channelD has heard.</summary>
public enum ChannelRun
{
    /// <summary>No channelD of that channel has ever been heard of.</summary>
    Unheard = 0,

    /// <summary>This channelD.</summary>
    Here = 1,

    /// <summary>Another one, which lives.</summary>
    Elsewhere = 2,

    /// <summary>Another one, which is not there at present.</summary>
    Away = 3,
}
