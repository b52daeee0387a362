using Shared.Protocol.Names;

namespace ChannelD.State;

/// <summary>The name of a character as it is kept: what it is compared by, and how it was spelled.</summary>
/// <param name="Key">The key; see <see cref="CharacterName.Key"/>.</param>
/// <param name="Display">The display form.</param>
public readonly record struct KeptName(string Key, string Display)
{
    /// <summary>Of a parsed name.</summary>
    public static KeptName Of(CharacterName name) => new(name.Key, name.Display);
}
