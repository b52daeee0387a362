using ChatD.Connections;

namespace ChatD.Stays;

/// <summary>What a stay needs of the connection it has at a time.</summary>
internal interface IStayConnection
{
    /// <summary>What goes to the player.</summary>
    OutgoingFrames Outgoing { get; }

    /// <summary>Where it comes from, for an operator: an address and a port, or <c>unix</c>.</summary>
    string Remote { get; }

    /// <summary>When the line that it hands on was read, in nanoseconds of the monotonic clock.</summary>
    long ArrivedNs { get; }

    /// <summary>Ends the connection; does not wait for that.</summary>
    void End(EndReason reason);
}
