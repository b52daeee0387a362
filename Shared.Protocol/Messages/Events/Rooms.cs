namespace Shared.Protocol.Messages.Events;

/// <summary>Where something was said, as clients see it: what they may show in different colours or windows. Never changed.</summary>
public static class Rooms
{
    /// <summary>To the map.</summary>
    public const string Map = "map";

    /// <summary>To one player.</summary>
    public const string Whisper = "whisper";

    /// <summary>To the party.</summary>
    public const string Party = "party";

    /// <summary>To the world, by a player.</summary>
    public const string World = "world";

    /// <summary>To the world, by a game master.</summary>
    public const string Notice = "notice";

    /// <summary>About a friend.</summary>
    public const string Buddy = "buddy";

    /// <summary>About the player himself, or his channel.</summary>
    public const string System = "system";

    /// <summary>To a game master, about whom he watches.</summary>
    public const string Trace = "trace";
}
