using System.Diagnostics.CodeAnalysis;

namespace Shared.Protocol.Names;

/// <summary>
/// The name of a character: 1 to 12 graphemes, at most 32 UTF-16 units and 64 bytes of UTF-8 in NFC, without white space and without
/// characters that are not seen. Equal where the keys are equal. The default value is no name: both its texts are empty.
/// </summary>
public readonly struct CharacterName : IEquatable<CharacterName>
{
    /// <summary>The most graphemes (what a person calls a character).</summary>
    public const int MaxGraphemes = 12;

    /// <summary>The most UTF-16 units, in NFC.</summary>
    public const int MaxChars = 32;

    /// <summary>The most bytes of UTF-8, in NFC.</summary>
    public const int MaxUtf8Bytes = 64;

    /// <summary>The most UTF-16 units of a name in any Unicode form: a longer text is refused without being normalised.</summary>
    public const int MaxTypedChars = MaxChars * NameRules.MaxDecomposition;

    private readonly string? _display;
    private readonly string? _key;

    private CharacterName(string display)
    {
        _display = display;
        _key = TextKey.Of(display);
    }

    /// <summary>The name as its owner spells it, in NFC.</summary>
    public string Display => _display ?? string.Empty;

    /// <summary>What the name is compared by, ordinally; see <see cref="TextKey"/>.</summary>
    public string Key => _key ?? string.Empty;

    /// <summary>Reads a name that a player typed. Never throws.</summary>
    /// <param name="text">The text, not trimmed by this method; null is an empty name.</param>
    /// <param name="name">The name, or default.</param>
    /// <param name="fault">What is wrong; <see cref="NameFault.None"/> if it is a name.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out CharacterName name, out NameFault fault)
    {
        var rules = new NameRules(MaxGraphemes, MaxChars, MaxUtf8Bytes, AllowsSpaces: false);
        fault = rules.Check(text ?? string.Empty, out string display);
        name = fault == NameFault.None ? new CharacterName(display) : default;
        return fault == NameFault.None;
    }

    /// <inheritdoc/>
    public bool Equals(CharacterName other) => string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CharacterName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Key, StringComparison.Ordinal);

    /// <summary>The display form.</summary>
    public override string ToString() => Display;

    /// <summary>Whether the keys are equal.</summary>
    public static bool operator ==(CharacterName left, CharacterName right) => left.Equals(right);

    /// <summary>Whether the keys differ.</summary>
    public static bool operator !=(CharacterName left, CharacterName right) => !left.Equals(right);
}
