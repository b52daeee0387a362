using System.Text;

namespace Shared.Protocol.Names;

/// <summary>
/// What texts of players are compared by: NFC, then full case fold, then NFC again (folding can undo a composition). Keys are compared
/// ordinally. The same text typed as NFC or NFD, in capitals or not, has one key.
/// </summary>
public static class TextKey
{
    /// <summary>The key of a text.</summary>
    /// <param name="text">Text without lone surrogates.</param>
    /// <exception cref="ArgumentException">The text has a lone surrogate or a noncharacter.</exception>
    public static string Of(string text) => Compose(CaseFolding.Fold(Compose(text)));

    /// <summary>The text in NFC; itself where it is so already.</summary>
    /// <exception cref="ArgumentException">The text has a lone surrogate or a noncharacter.</exception>
    internal static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PlainText.IsPlain(text) || text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }
}
