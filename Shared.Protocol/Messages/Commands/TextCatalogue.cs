namespace Shared.Protocol.Messages.Commands;

/// <summary>Turns codes into sentences of a player's language. Does not change once made; for any thread.</summary>
public sealed class TextCatalogue
{
    private readonly Dictionary<(string Command, string Code), CatalogueText> _texts = [];

    /// <summary>Makes a catalogue of the common texts and the given ones, which come first where both have a code.</summary>
    /// <param name="texts">The texts of a channelD; see <see cref="CatalogueResult"/>. Of two for one code the later one counts.</param>
    public TextCatalogue(IEnumerable<CatalogueText> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        foreach (CatalogueText text in CommonTexts.All.Concat(texts))
        {
            _texts[(text.Command, text.Code)] = text;
        }
    }

    /// <summary>The common texts alone: what is known before a channelD has sent its own.</summary>
    public static TextCatalogue Common { get; } = new([]);

    /// <summary>Whether there is a sentence for a code: the command's own, or a common one.</summary>
    public bool Has(string command, string code) => _texts.ContainsKey((command, code)) || _texts.ContainsKey((string.Empty, code));

    /// <summary>The sentence of a code.</summary>
    /// <param name="language">The player's language; an unknown one counts as Korean.</param>
    /// <param name="command">The command's id; empty for none.</param>
    /// <param name="code">The code.</param>
    /// <param name="arguments">What fills the places; may be any text of a player's. See <see cref="TextTemplate.Fill"/>.</param>
    /// <returns>The command's own sentence, else the common one of this code, else the code itself.</returns>
    public string Render(Language language, string command, string code, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(code);
        if (!_texts.TryGetValue((command, code), out CatalogueText text) && !_texts.TryGetValue((string.Empty, code), out text))
        {
            return TextTemplate.ToShowable(code);
        }

        (string wanted, string other) = language == Language.English ? (text.English, text.Korean) : (text.Korean, text.English);
        return TextTemplate.Fill(wanted.Length > 0 ? wanted : other, arguments);
    }
}
