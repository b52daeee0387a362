using ChannelD.Directory;

namespace ChannelD.Presence;

/// <summary>Learns that another channelD has told of a character. Called outside all locks; must not wait.</summary>
internal interface IReplicaListener
{
    /// <summary>A character was told of.</summary>
    /// <param name="character">As it is there now; as it last was if it has gone.</param>
    /// <param name="isGone">Whether it has left there.</param>
    void OnReplicaChanged(in Character character, bool isGone);
}
