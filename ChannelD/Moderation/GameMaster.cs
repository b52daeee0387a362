using System.Globalization;
using System.Security.Cryptography;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Names;

namespace ChannelD.Moderation;

/// <summary>A game master, as one entry of <see cref="ChannelOptions.GameMasters"/> names him: <c>NAME:TIER:SHA256HEX</c>.</summary>
/// <param name="Name">The name of his character.</param>
/// <param name="Tier">From 1; the higher, the more he may.</param>
/// <param name="KeyHash">The SHA-256 of his key in UTF-8.</param>
internal sealed record GameMaster(CharacterName Name, int Tier, byte[] KeyHash)
{
    /// <summary>The highest tier.</summary>
    public const int MaxTier = 100;

    /// <summary>Reads an entry. Never throws.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="master">Whom it names.</param>
    /// <param name="fault">What is wrong with it, without the hash.</param>
    public static bool TryParse(string entry, out GameMaster? master, out string fault)
    {
        master = null;
        string[] parts = entry.Split(':');
        if (parts.Length != 3)
        {
            fault = "it has to be NAME:TIER:SHA256HEX";
            return false;
        }

        if (!CharacterName.TryParse(parts[0], out CharacterName name, out _))
        {
            fault = $"{UserText.Quote(parts[0])} can be no character's name";
            return false;
        }

        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int tier) || tier is < 1 or > MaxTier)
        {
            fault = $"the tier of {UserText.Quote(parts[0])}, {UserText.Quote(parts[1])}, is no number from 1 to {MaxTier}";
            return false;
        }

        if (parts[2].Length != 2 * SHA256.HashSizeInBytes || !parts[2].All(char.IsAsciiHexDigit))
        {
            fault = $"the key of {UserText.Quote(parts[0])} is not the {2 * SHA256.HashSizeInBytes} hexadecimal digits of a SHA-256: make them by `printf %s KEY | sha256sum`";
            return false;
        }

        master = new GameMaster(name, tier, Convert.FromHexString(parts[2]));
        fault = string.Empty;
        return true;
    }
}
