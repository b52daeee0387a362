namespace Shared.Protocol.Peers;

/// <summary>Learns which chatDs are gone. Calls come from the reading thread or the timer; they must not wait.</summary>
public interface IChatPeersObserver
{
    /// <summary>All sessions of a chatD have ended, but for those of one generation.</summary>
    /// <param name="chatInstance">The chatD's number.</param>
    /// <param name="exceptGeneration">The generation that goes on; 0 for none.</param>
    void OnSessionsEnded(int chatInstance, ulong exceptGeneration);
}
