using System.Globalization;
using ChannelD.Moderation;
using ChannelD.State;
using Shared.Operations.Administration;
using Shared.Protocol.Hosting.Settings;
using Shared.Protocol.Names;

namespace ChannelD.Administration;

/// <summary>What an operator is to the rules of the game, and the names that he sends.</summary>
internal static class OperatorNames
{
    /// <summary>His tier: above that of every game master.</summary>
    public const int Tier = GameMaster.MaxTier + 1;

    /// <summary>Who he is, for what is kept: <c>operator root (uid 0)</c>. No character is called so, for it is more than one word.</summary>
    public static string Of(AdminCaller caller)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"(uid {caller.UserId})");
        if (AccountNames.NameOfUser(caller.UserId) is not { Length: > 0 } name)
        {
            return $"operator {number}";
        }

        // The number is what counts: it stays whole.
        int room = StateLimits.MaxIssuerChars - "operator  ".Length - number.Length;
        return $"operator {(name.Length <= room ? name : name[..room])} {number}";
    }

    /// <summary>A name that was sent.</summary>
    /// <exception cref="AdminRefusedException">It is none.</exception>
    public static CharacterName Read(string? name) => CharacterName.TryParse(name ?? string.Empty, out CharacterName parsed, out _)
        ? parsed
        : throw AdminRefusedException.BadRequest("The name is no character's name.");
}
