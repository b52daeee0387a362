using Shared.Protocol.Messages;
using Shared.Protocol.Names;

namespace ChatD.Sessions;

/// <summary>A player who is logged in, or on the way in or out.</summary>
internal sealed class PlayerSession
{
    private readonly Action<PlayerSession> _onLost;

    /// <summary>Makes a session.</summary>
    /// <param name="id">Its number, from 1, never used again by this process.</param>
    /// <param name="name">The character's name.</param>
    /// <param name="channel">The channel it entered.</param>
    /// <param name="map">The map it entered.</param>
    /// <param name="language">The language of its texts.</param>
    /// <param name="onLost">Called when the channel has given the character to somebody else.</param>
    public PlayerSession(int id, CharacterName name, int channel, string map, Language language, Action<PlayerSession> onLost)
    {
        Id = id;
        Name = name;
        Channel = channel;
        Map = map;
        Language = language;
        _onLost = onLost;
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>The character's name.</summary>
    public CharacterName Name { get; }

    /// <summary>The channel it entered.</summary>
    public int Channel { get; }

    /// <summary>The map it entered.</summary>
    public string Map { get; }

    /// <summary>The language of its texts.</summary>
    public Language Language { get; }

    /// <summary>Whether the channel knows it: from its log-in to the beginning of its log-out.</summary>
    public bool IsInGame { get; set; }

    /// <summary>Ends it from the channel's side.</summary>
    public void Lose() => _onLost(this);
}
