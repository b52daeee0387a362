namespace Shared.Protocol.Names;

/// <summary>
/// The quick way for most names: ASCII letters, digits and signs, and Hangul syllables. Each such character is one grapheme, is in NFC
/// whatever its neighbours are, and is allowed in a name, so that a text of them needs no further check but its length.
/// </summary>
public static class PlainText
{
    /// <summary>Whether it is one of the 11,172 syllables from U+AC00 to U+D7A3.</summary>
    public static bool IsHangulSyllable(char c) => c is >= '\uAC00' and <= '\uD7A3';

    /// <summary>Whether the text has only visible ASCII and Hangul syllables. True for the empty text.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= '!' and <= '~') or (>= '\uAC00' and <= '\uD7A3')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the key of a plain name without allocating; see <see cref="CharacterName.Key"/>.</summary>
    /// <param name="name">A name as typed.</param>
    /// <param name="key">Where the key goes; at least as long as the name.</param>
    /// <returns>False where the name is not plain or not allowed: <see cref="CharacterName.TryParse(string, out CharacterName, out NameFault)"/> then tells.</returns>
    public static bool TryWriteNameKey(ReadOnlySpan<char> name, Span<char> key)
    {
        if (name.IsEmpty || name.Length > CharacterName.MaxGraphemes || name.Length > key.Length || name[0] == '/')
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c is not ((>= '!' and <= '~') or (>= '\uAC00' and <= '\uD7A3')))
            {
                return false;
            }

            key[i] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        return true;
    }
}
