using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Shared.Protocol.Names;

namespace ChannelD.Moderation;

/// <summary>Who is a game master. For any thread.</summary>
public sealed class GameMasters
{
    // Replaced as a whole, never changed.
    private volatile Dictionary<string, GameMaster> _byKey;

    /// <summary>Takes the game masters of checked options.</summary>
    public GameMasters(IOptions<ChannelOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _byKey = Read(options.Value);
    }

    /// <summary>
    /// Takes the game masters of other checked options. They count for log-ins from now on, those after a lost connection and a change of channels among them:
    /// who is in the game stays what he is until then.
    /// </summary>
    public void Use(ChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _byKey = Read(options);
    }

    /// <summary>The tier of a character, whether it is in the game or not; 0 for a player's.</summary>
    /// <param name="key">Its name key.</param>
    public int TierOf(string key) => _byKey.TryGetValue(key, out GameMaster? master) ? master.Tier : 0;

    /// <summary>Whether somebody may play a character: anybody may, but a game master's only he who has its key.</summary>
    /// <param name="name">The character's name.</param>
    /// <param name="key">The key that was sent; null for none. How long the answer takes tells nothing about the right one.</param>
    /// <param name="tier">The character's tier.</param>
    public bool TryAdmit(CharacterName name, string? key, out int tier)
    {
        tier = 0;
        if (!_byKey.TryGetValue(name.Key, out GameMaster? master))
        {
            return true;
        }

        byte[] given = SHA256.HashData(Encoding.UTF8.GetBytes(key ?? string.Empty));
        if (!CryptographicOperations.FixedTimeEquals(given, master.KeyHash) || key is null)
        {
            return false;
        }

        tier = master.Tier;
        return true;
    }

    /// <summary>Everything that is wrong with the entries of an option, a line each.</summary>
    internal static IEnumerable<string> FindFaults(IReadOnlyList<string> entries)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < entries.Count; i++)
        {
            if (!GameMaster.TryParse(entries[i], out GameMaster? master, out string fault))
            {
                yield return $"entry {i}: {fault}.";
            }
            else if (!names.Add(master!.Name.Key))
            {
                yield return $"entry {i}: {master.Name} is named twice.";
            }
        }
    }

    private static Dictionary<string, GameMaster> Read(ChannelOptions options)
    {
        var byKey = new Dictionary<string, GameMaster>(StringComparer.Ordinal);
        foreach (string entry in options.GameMasters ?? [])
        {
            if (GameMaster.TryParse(entry, out GameMaster? master, out _))
            {
                byKey[master!.Name.Key] = master;
            }
        }

        return byKey;
    }
}
