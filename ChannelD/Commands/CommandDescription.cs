namespace ChannelD.Commands;

/// <summary>What is fixed of a command: how it is called and what it can say. Checked at start-up by <see cref="CommandRegistry"/>.</summary>
public sealed class CommandDescription
{
    /// <summary>
    /// The code of "nobody of this name is there", whose first argument is the name. Names can be probed by a command that has it, so it is refused
    /// to a character that was told so of too many names; see <see cref="Limits.LimitOptions.UnknownNamesPerMinute"/>.
    /// </summary>
    public const string NotFound = "not_found";

    private bool? _looksUpNames;

    /// <summary>Its id on the wire and in metrics: lower-case letters, digits and <c>_</c>. Never changed, for clients rely on it.</summary>
    public required string Id { get; init; }

    /// <summary>What players type after the <c>/</c>, the Korean name first. Capitals and Unicode form do not matter.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How it is typed, for example <c>/찾기 이름</c> and <c>/find NAME</c>.</summary>
    public required LocalText Usage { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required LocalText Help { get; init; }

    /// <summary>The sentences of its codes. The codes of <c>CommonTexts</c> need none.</summary>
    public required IReadOnlyList<CommandText> Texts { get; init; }

    /// <summary>The lowest tier that may use it; to anybody below it there is no such command. 0 for players, from 1 for game masters.</summary>
    public int MinTier { get; init; }

    /// <summary>Whether others are shown what is typed: whoever is muted may not use it.</summary>
    public bool IsSpeech { get; init; }

    /// <summary>Which limit it counts to. Defaults to the common one.</summary>
    public CommandClass Class { get; init; } = CommandClass.Common;

    /// <summary>
    /// Whether all that it does is done when its task is returned, and only what came of it is awaited. Then what its player typed next does not wait
    /// for its end; otherwise that is run when it is through. Without meaning where the command answers at once. Defaults to false.
    /// </summary>
    public bool TakesEffectAtOnce { get; init; }

    /// <summary>Whether it can tell that nobody of a name is there: it has a text of the code <see cref="NotFound"/>.</summary>
    internal bool LooksUpNames => _looksUpNames ??= Texts.Any(text => text.Code == NotFound);

    /// <summary>Whether only a character in the game may use it; anybody else is answered <c>no_session</c>. Defaults to false.</summary>
    public bool NeedsCharacter { get; init; }
}
