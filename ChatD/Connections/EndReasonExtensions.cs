namespace ChatD.Connections;

/// <summary>What follows from the end of a connection.</summary>
internal static class EndReasonExtensions
{
    /// <summary>
    /// Whether a session outlives a connection that ended so: where the network may be to blame, or a client that was slow for a while; not
    /// where the client wants to go, breaks the protocol, or has lost the character.
    /// </summary>
    public static bool AllowsResume(this EndReason reason) =>
        reason is EndReason.Disconnected or EndReason.Dead or EndReason.SlowReader or EndReason.FrameTimeout;
}
