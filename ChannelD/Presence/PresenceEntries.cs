using ChannelD.Directory;
using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Names;

namespace ChannelD.Presence;

/// <summary>From a character to what travels, and back.</summary>
internal static class PresenceEntries
{
    public static PresenceEntry Of(in Character character) => new(
        character.Name.Display,
        (int)character.State,
        character.IsHidden,
        IsRemoved: false,
        character.Session.ChatInstance,
        character.Session.Generation,
        character.Session.UserId,
        character.Channel,
        character.Map.Display,
        character.EnteredAtNs,
        character.TransferUntilNs,
        character.Tier,
        character.TracedKey ?? string.Empty);

    public static PresenceEntry OfRemoved(CharacterName name, CharacterState lastState) => new(
        name.Display, (int)lastState, IsHidden: false, IsRemoved: true, 0, 0, 0, 0, string.Empty, 0, 0, 0, string.Empty);

    /// <summary>Reads one; names are checked as those of a player are.</summary>
    public static bool TryRead(in PresenceEntry entry, MapNames maps, out Character character)
    {
        MapName map = default;
        character = default;
        if (!CharacterName.TryParse(entry.Name, out CharacterName name, out _) || (!entry.IsRemoved && !maps.TryGet(entry.Map, out map)))
        {
            return false;
        }

        character = new Character(
            name,
            new SessionId(entry.ChatInstance, entry.ChatGeneration, entry.UserId),
            entry.Channel,
            map,
            (CharacterState)entry.State,
            entry.Tier,
            entry.IsHidden,
            entry.TracedKey.Length > 0 ? entry.TracedKey : null,
            entry.EnteredAtNs,
            entry.TransferUntilNs);
        return true;
    }
}
