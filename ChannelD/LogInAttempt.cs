using ChannelD.Directory;

namespace ChannelD;

/// <summary>A log-in whose record is being loaded.</summary>
internal sealed record LogInAttempt(SessionId Session)
{
    /// <summary>Whether its session has ended meanwhile. Guarded by the lock of <see cref="LogInAttempts"/>.</summary>
    public bool IsOver { get; set; }
}
