using ChannelD.Directory;
using ChannelD.Presence;
using Shared.Protocol.Names;

namespace ChannelD.Commands;

/// <summary>A name that a player typed, and who is behind it.</summary>
/// <param name="Target">Who is; null where nobody of the name is in the game, or nobody whom the asker may know of.</param>
/// <param name="Typed">The name as typed, in NFC: what may be shown where there is nobody.</param>
/// <param name="Refusal">Not null: it is no name, and this is the answer.</param>
internal readonly record struct NameLookup(Character? Target, string Typed, CommandAnswer? Refusal)
{
    /// <summary>Looks a name up.</summary>
    /// <param name="world">Where everybody is.</param>
    /// <param name="typed">The name as typed.</param>
    /// <param name="tier">The asker's tier.</param>
    public static NameLookup Find(WorldDirectory world, ReadOnlySpan<char> typed, int tier)
    {
        // Far above any spelling of any name: not worth a copy.
        if (typed.Length > CharacterName.MaxTypedChars)
        {
            return Refuse(NameFault.TooLong);
        }

        // Most names are plain: their key is made without a string.
        Span<char> key = stackalloc char[CharacterName.MaxGraphemes];
        if (PlainText.TryWriteNameKey(typed, key))
        {
            return Find(world, key[..typed.Length], typed.ToString(), tier);
        }

        return CharacterName.TryParse(typed.ToString(), out CharacterName name, out NameFault fault)
            ? Find(world, name.Key, name.Display, tier)
            : Refuse(fault);
    }

    private static NameLookup Find(WorldDirectory world, ReadOnlySpan<char> key, string shown, int tier) =>
        world.TryFind(key, out Sighting sighting) && sighting.Character.IsVisibleTo(tier)
            ? new NameLookup(sighting.Character, shown, Refusal: null)
            : new NameLookup(Target: null, shown, Refusal: null);

    private static NameLookup Refuse(NameFault fault) => new(
        Target: null, string.Empty, fault == NameFault.TooLong ? CommandAnswer.TooLarge(CharacterName.MaxGraphemes) : CommandAnswer.Usage());
}
