using ChannelD.Directory;
using Shared.Protocol.Transport;

namespace ChannelD.Presence;

/// <summary>Where every character of all channels is, from memory: those of this channelD, and those of the others as they have told. For any thread.</summary>
public sealed class WorldDirectory
{
    private readonly CharacterDirectory _own;
    private readonly ReplicaDirectory? _replicas;
    private readonly int _ownId;

    /// <summary>Makes a view of one channelD that is alone.</summary>
    /// <param name="own">The characters of this channelD.</param>
    public WorldDirectory(CharacterDirectory own)
        : this(own, null, ownId: 0)
    {
    }

    internal WorldDirectory(CharacterDirectory own, ReplicaDirectory? replicas, int ownId)
    {
        ArgumentNullException.ThrowIfNull(own);
        _own = own;
        _replicas = replicas;
        _ownId = ownId;
    }

    /// <summary>Whether any other channelD lives.</summary>
    public bool HasOthers => Channels.Any(channel => channel != _ownId);

    /// <summary>The channels whose own channelD lives, in order: this one's and those heard of.</summary>
    public IReadOnlyList<int> Channels =>
        [.. Enumerable.Range(1, Mailbox.MaxInstance + 1).Where(channel => WhoRuns(channel) is ChannelRun.Here or ChannelRun.Elsewhere)];

    /// <summary>
    /// The character with this key, without allocating and in one look-up if it is of this channelD, in two otherwise. Where both know it the own one
    /// counts: a channelD whose claim is the weaker gives it up when it hears of the other.
    /// </summary>
    /// <param name="key">The key of a name.</param>
    /// <param name="sighting">What is known; also with false, if its source is <see cref="SightingSource.Expired"/>.</param>
    /// <returns>Whether it is in the game, as far as is known.</returns>
    public bool TryFind(ReadOnlySpan<char> key, out Sighting sighting)
    {
        if (_own.TryFind(key, out Character character))
        {
            sighting = new Sighting(character, SightingSource.Own, AgeMs: 0);
            return true;
        }

        sighting = default;
        return _replicas is not null && _replicas.TryFind(key, out sighting);
    }

    /// <summary>The game masters who watch a character, of all channels.</summary>
    /// <param name="key">The name key of the watched.</param>
    /// <param name="watchers">Takes them; is emptied first.</param>
    public void CollectWatchers(string key, List<Character> watchers)
    {
        ArgumentNullException.ThrowIfNull(watchers);
        watchers.Clear();
        _own.CollectWatchers(key, watchers);
        _replicas?.CollectWatchers(key, watchers);
    }

    /// <summary>Whether the channelD of a channel lives: this one, or another that is heard of.</summary>
    public bool IsChannelRun(int channel) => WhoRuns(channel) is ChannelRun.Here or ChannelRun.Elsewhere;

    /// <summary>Who runs a channel; a channel without a channelD of its own is <see cref="ChannelRun.Unheard"/>, whoever runs it.</summary>
    public ChannelRun WhoRuns(int channel)
    {
        if (channel == _ownId)
        {
            return ChannelRun.Here;
        }

        ReplicaOwner? owner = channel is >= 1 and <= Mailbox.MaxInstance + 1 ? _replicas?.OwnerOf(channel - 1) : null;
        return owner is null ? ChannelRun.Unheard
            : owner.IsLive ? ChannelRun.Elsewhere
            : ChannelRun.Away;
    }
}
