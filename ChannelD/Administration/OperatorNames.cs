using ChannelD.Moderation;
using Shared.Operations.Administration;
using Shared.Protocol.Names;

namespace ChannelD.Administration;

/// <summary>What an operator is to the rules of the game, and the names that he sends.</summary>
internal static class OperatorNames
{
    /// <summary>His tier: above that of every game master.</summary>
    public const int Tier = GameMaster.MaxTier + 1;

    /// <summary>A name that was sent.</summary>
    /// <exception cref="AdminRefusedException">It is none.</exception>
    public static CharacterName Read(string? name) => CharacterName.TryParse(name ?? string.Empty, out CharacterName parsed, out _)
        ? parsed
        : throw AdminRefusedException.BadRequest("The name is no character's name.");
}
