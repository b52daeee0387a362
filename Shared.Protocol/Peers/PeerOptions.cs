namespace Shared.Protocol.Peers;

/// <summary>How daemons tell each other that they live.</summary>
public sealed record PeerOptions
{
    /// <summary>How often a chatD greets, in milliseconds. Defaults to 500.</summary>
    public int HeartbeatMs { get; init; } = 500;

    /// <summary>
    /// After how long a silence the other daemon counts as gone, in milliseconds. Defaults to 3000: six heartbeats, so that a busy
    /// machine does not make a peer look dead.
    /// </summary>
    public int LeaseMs { get; init; } = 3000;

    /// <summary>Where links and registers that are made with these options can be found while they last.</summary>
    internal PeerWatch Watch { get; init; } = new();
}
