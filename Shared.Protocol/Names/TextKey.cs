using System.Text;

namespace Shared.Protocol.Names;

/// <summary>
/// What texts of players are compared by: NFC, then full case fold, then NFC again (folding can undo a composition). Keys are compared
/// ordinally. The same text typed as NFC or NFD, in capitals or not, has one key.
/// </summary>
public static class TextKey
{
    /// <summary>The key of a text.</summary>
    /// <param name="text">Text without lone surrogates and U+FFFE; see <see cref="TryOf"/>.</param>
    /// <exception cref="ArgumentException">The text has a lone surrogate or U+FFFE.</exception>
    public static string Of(string text) => Compose(CaseFolding.Fold(Compose(text)));

    /// <summary>The key of a text of unknown origin. Never throws.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The key, or empty.</param>
    /// <returns>False if the text has a lone surrogate or U+FFFE, which cannot be normalised.</returns>
    public static bool TryOf(string text, out string key)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = string.Empty;
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] == '\uFFFE')
            {
                return false;
            }
        }

        key = Of(text);
        return true;
    }

    /// <summary>The text in NFC; itself where it is so already.</summary>
    /// <exception cref="ArgumentException">The text has a lone surrogate or U+FFFE.</exception>
    internal static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PlainText.IsPlain(text) || text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }
}
