using ChatD.Sessions;

namespace ChatD.Gateway;

/// <summary>Hears what all channelDs' ports have in common. Called on any thread; must not wait.</summary>
internal interface IPortListener
{
    /// <summary>A port has become ready.</summary>
    /// <param name="port">The port.</param>
    /// <param name="announced">How many sessions its channelD had to be told of.</param>
    void OnReady(ChannelPort port, int announced);

    /// <summary>The home channelD was never there, for longer than a lease. Said once.</summary>
    void OnHomeMissing();

    /// <summary>A port's channelD has said where a session stands. That may be a channel which another one has come to run meanwhile.</summary>
    void OnPlaced(PlayerSession session);
}
