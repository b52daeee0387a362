using Shared.Protocol.Names;

namespace ChannelD.Social;

/// <summary>Cuts an argument into a word and what follows it.</summary>
internal static class CommandWords
{
    /// <summary>Longer than every word of a command in any Unicode form.</summary>
    private const int MaxWordChars = 32;

    /// <summary>The first word by its key (capitals and Unicode form do not matter), and the rest, trimmed. Both may be empty.</summary>
    public static (string Key, string Remainder) Cut(string argument)
    {
        (string word, string rest) = CutFirst(argument);
        return word.Length <= MaxWordChars && TextKey.TryOf(word, out string key) ? (key, rest) : (string.Empty, rest);
    }

    /// <summary>The first word as it was typed, and the rest, trimmed. Both may be empty.</summary>
    public static (string Word, string Remainder) CutFirst(string argument)
    {
        int end = 0;
        while (end < argument.Length && !char.IsWhiteSpace(argument[end]))
        {
            end++;
        }

        return (argument[..end], argument[end..].Trim());
    }
}
