using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Presence;
using ChannelD.State;
using Shared.Protocol.Names;

namespace ChannelD.Social;

/// <summary>Who of those whom a player knows is in the game, as he may see it, and how to tell them something. Recipients are resolved here alone.</summary>
public sealed class Neighbours
{
    private readonly WorldDirectory _world;
    private readonly IEventSink _events;

    /// <summary>Makes it.</summary>
    public Neighbours(WorldDirectory world, IEventSink events)
    {
        _world = world;
        _events = events;
    }

    /// <summary>A character that is in the game on any channel, unless it hides from a tier.</summary>
    public bool TryFind(string key, int tier, out Character character)
    {
        bool isThere = _world.TryFind(key, out Sighting sighting) && sighting.Character.IsVisibleTo(tier);
        character = isThere ? sighting.Character : default;
        return isThere;
    }

    /// <summary>Shows a message to one character, wherever it is; hidden or not.</summary>
    /// <returns>False where it is there and could not be told.</returns>
    public bool Tell(string key, in GameMessage message) =>
        !_world.TryFind(key, out Sighting sighting) || _events.TryPush(message, [sighting.Character.Session]);

    /// <summary>Shows a message to all members of a party who are in the game, on any channel, but one.</summary>
    /// <param name="party">The party.</param>
    /// <param name="exceptKey">The name key of whoever needs no telling.</param>
    /// <param name="message">The message.</param>
    /// <param name="tier">The tier of whoever learns of the outcome: those who hide from it get the message, and do not show in the outcome.</param>
    /// <param name="count">How many are there for that tier.</param>
    /// <returns>False where some of those could not be told.</returns>
    public bool TellParty(Party party, string exceptKey, in GameMessage message, int tier, out int count)
    {
        ArgumentNullException.ThrowIfNull(party);
        List<SessionId> sessions = FindParty(party, exceptKey, tier, out count);
        bool isTold = sessions.Count == 0 || _events.TryPush(message, sessions);
        return isTold || count == 0;
    }

    /// <summary>The sessions of all members of a party who are in the game, on any channel, but one.</summary>
    /// <param name="party">The party.</param>
    /// <param name="exceptKey">The name key of that one.</param>
    /// <param name="tier">The tier of whoever asks.</param>
    /// <param name="count">How many of them are there for that tier.</param>
    public List<SessionId> FindParty(Party party, string exceptKey, int tier, out int count)
    {
        ArgumentNullException.ThrowIfNull(party);
        count = 0;
        var sessions = new List<SessionId>(party.Members.Count);
        foreach (KeptName member in party.Members)
        {
            if (member.Key != exceptKey && _world.TryFind(member.Key, out Sighting sighting))
            {
                sessions.Add(sighting.Character.Session);
                count += sighting.Character.IsVisibleTo(tier) ? 1 : 0;
            }
        }

        return sessions;
    }

    /// <summary>Reads the name of another character that a player typed.</summary>
    internal static bool TryParse(string typed, out KeptName name, out Commands.CommandAnswer refusal)
    {
        bool isName = CharacterName.TryParse(typed, out CharacterName parsed, out NameFault fault);
        name = isName ? KeptName.Of(parsed) : default;
        refusal = isName ? default : fault == NameFault.TooLong ? Commands.CommandAnswer.TooLarge(CharacterName.MaxGraphemes) : Commands.CommandAnswer.Usage();
        return isName;
    }
}
