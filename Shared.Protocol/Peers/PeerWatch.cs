using System.Collections.Concurrent;

namespace Shared.Protocol.Peers;

/// <summary>
/// The links that a daemon keeps at present, for whoever looks after its health. A link is here from its making to its disposal. Safe on every
/// thread.
/// </summary>
internal sealed class PeerWatch
{
    private readonly ConcurrentDictionary<ChannelLink, bool> _links = new();
    private ChatPeers? _chats;

    /// <summary>chatD's links to channelDs.</summary>
    public ICollection<ChannelLink> Links => _links.Keys;

    /// <summary>channelD's register of chatDs; null where there is none.</summary>
    public ChatPeers? Chats => Volatile.Read(ref _chats);

    /// <summary>A link was made.</summary>
    public void Add(ChannelLink link) => _links[link] = true;

    /// <summary>A link is gone.</summary>
    public void Remove(ChannelLink link) => _links.TryRemove(link, out _);

    /// <summary>A register was made.</summary>
    public void Use(ChatPeers chats) => Volatile.Write(ref _chats, chats);
}
