namespace Shared.Protocol.Hosting;

/// <summary>What whoever looks after a daemon (systemd, a health check) may ask it. Safe on every thread; answers of a daemon that is not started are no.</summary>
public interface IDaemonPulse
{
    /// <summary>Whether it does its work: it reads its mailboxes, and has shaken hands with whom it cannot work without. May become false again.</summary>
    bool IsReady { get; }

    /// <summary>What it is doing, in one line for an operator; no text of a user is in it.</summary>
    string Status { get; }

    /// <summary>
    /// Has something go all the way through the daemon's own queue and its reading thread. It says nothing of the peer: a daemon whose peer is away is
    /// as well as it can be, and is not to be restarted.
    /// </summary>
    /// <param name="limit">How long that may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it came back in time.</returns>
    ValueTask<bool> BeatAsync(TimeSpan limit, CancellationToken cancellationToken);
}
