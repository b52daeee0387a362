using ChannelD.Directory;

namespace ChannelD.Presence;

/// <summary>
/// Learns who comes into the game and who leaves it, on any channel. Calls come from any thread, outside all locks; they must not wait. A
/// change of channel is neither.
/// </summary>
public interface IPresenceObserver
{
    /// <summary>A character has come.</summary>
    void OnArrived(in Character character);

    /// <summary>A character has gone, or hides from now on.</summary>
    void OnDeparted(in Character character);
}
