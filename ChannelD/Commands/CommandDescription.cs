namespace ChannelD.Commands;

/// <summary>What is fixed of a command: how it is called and what it can say. Checked at start-up by <see cref="CommandRegistry"/>.</summary>
public sealed class CommandDescription
{
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

    /// <summary>Whether only a character in the game may use it; anybody else is answered <c>no_session</c>. Defaults to false.</summary>
    public bool NeedsCharacter { get; init; }
}
