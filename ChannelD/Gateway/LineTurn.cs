using ChannelD.Directory;

namespace ChannelD.Gateway;

/// <summary>A session one of whose lines is being waited for. All but its constants belongs to the lock of its <see cref="LineTurns"/>.</summary>
/// <param name="session">The session.</param>
internal sealed class LineTurn(SessionId session)
{
    /// <summary>The session.</summary>
    public SessionId Session { get; } = session;

    /// <summary>The lines that wait for that one, in their order.</summary>
    public LinkedList<HeldLine> Held { get; } = [];

    /// <summary>When that one is waited for no more, in nanoseconds of the monotonic clock.</summary>
    public long EndsNs { get; set; }

    /// <summary>Whether that one was given up: what was held behind it is another's.</summary>
    public bool IsGivenUp { get; set; }
}
