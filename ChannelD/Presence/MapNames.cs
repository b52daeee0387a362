using Shared.Protocol.Names;

namespace ChannelD.Presence;

/// <summary>The names of maps that were met: many characters are in one map, and its name is checked and kept once. For one thread at a time.</summary>
internal sealed class MapNames
{
    // Whoever makes up maps gains nothing: above this all are forgotten, and met anew.
    private const int MaxNames = 4096;

    private readonly Dictionary<string, MapName> _names = new(StringComparer.Ordinal);

    public bool TryGet(string display, out MapName map)
    {
        if (_names.TryGetValue(display, out map))
        {
            return true;
        }

        if (!MapName.TryParse(display, out map, out _))
        {
            return false;
        }

        if (_names.Count >= MaxNames)
        {
            _names.Clear();
        }

        _names.Add(display, map);
        return true;
    }
}
