using ChannelD.Directory;
using ChannelD.Presence;

namespace ChannelD.Tests.Presence;

/// <summary>Keeps what observers are told, and that arrivals and departures of a name take turns.</summary>
internal sealed class SeenPresence : IPresenceObserver
{
    private readonly Dictionary<string, bool> _isThere = new(StringComparer.Ordinal);

    public List<string> Log { get; } = [];

    public void OnArrived(in Character character)
    {
        Assert.False(character.IsHidden);
        Assert.False(_isThere.GetValueOrDefault(character.Name.Key), $"{character.Name} arrives twice.");
        _isThere[character.Name.Key] = true;
        Log.Add("+" + character.Name.Display);
    }

    public void OnDeparted(in Character character)
    {
        Assert.True(_isThere.GetValueOrDefault(character.Name.Key, true), $"{character.Name} departs twice.");
        _isThere[character.Name.Key] = false;
        Log.Add("-" + character.Name.Display);
    }

    /// <summary>What it was told last of a name; null for nothing.</summary>
    public bool? IsThere(string key) => _isThere.TryGetValue(key, out bool isThere) ? isThere : null;
}
