using System.Diagnostics.CodeAnalysis;

namespace Shared.Protocol.Names;

/// <summary>
/// The name of a map as players see and type it: 1 to 32 graphemes, at most 32 UTF-16 units and 96 bytes of UTF-8 in NFC. Single spaces may
/// stand inside; otherwise the same characters as in a <see cref="CharacterName"/>. Equal where the keys are equal. The default value is
/// no name: both its texts are empty.
/// </summary>
public readonly struct MapName : IEquatable<MapName>
{
    /// <summary>The most UTF-16 units, in NFC; graphemes are then no more either.</summary>
    public const int MaxChars = 32;

    /// <summary>The most bytes of UTF-8, in NFC: that of so many Hangul syllables.</summary>
    public const int MaxUtf8Bytes = 96;

    private readonly string? _display;
    private readonly string? _key;

    private MapName(string display)
    {
        _display = display;
        _key = TextKey.Of(display);
    }

    /// <summary>The name as it was first spelt, in NFC.</summary>
    public string Display => _display ?? string.Empty;

    /// <summary>What the name is compared by, ordinally; see <see cref="TextKey"/>.</summary>
    public string Key => _key ?? string.Empty;

    /// <summary>Reads a name that a player typed. Never throws.</summary>
    /// <param name="text">The text, not trimmed by this method; null is an empty name.</param>
    /// <param name="name">The name, or default.</param>
    /// <param name="fault">What is wrong; <see cref="NameFault.None"/> if it is a name.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out MapName name, out NameFault fault)
    {
        var rules = new NameRules(MaxChars, MaxChars, MaxUtf8Bytes, AllowsSpaces: true);
        fault = rules.Check(text ?? string.Empty, out string display);
        name = fault == NameFault.None ? new MapName(display) : default;
        return fault == NameFault.None;
    }

    /// <inheritdoc/>
    public bool Equals(MapName other) => string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MapName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Key, StringComparison.Ordinal);

    /// <summary>The display form.</summary>
    public override string ToString() => Display;

    /// <summary>Whether the keys are equal.</summary>
    public static bool operator ==(MapName left, MapName right) => left.Equals(right);

    /// <summary>Whether the keys differ.</summary>
    public static bool operator !=(MapName left, MapName right) => !left.Equals(right);
}
