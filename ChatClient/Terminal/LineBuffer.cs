using System.Text;
using Shared.Terminal;

namespace ChatClient.Terminal;

/// <summary>
/// The line being edited and the cursor in it. It only ever holds what may be printed, so drawing it needs no escaping. The cursor
/// stands before or behind a character together with the marks drawn into it (accents, the pieces of a Hangul syllable), never inside.
/// </summary>
public sealed class LineBuffer
{
    /// <summary>The longest line, in UTF-16 units. More is not taken: no server reads a line near that length.</summary>
    public const int MaxChars = 16 * 1024;

    private readonly StringBuilder _text = new();
    private char _pendingHighSurrogate;

    /// <summary>Where the cursor is, in UTF-16 units from the start.</summary>
    public int Cursor { get; private set; }

    /// <summary>The length, in UTF-16 units.</summary>
    public int Length => _text.Length;

    /// <summary>The text.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Inserts one UTF-16 unit at the cursor; half a pair waits for its other half.</summary>
    /// <returns>Whether the line could take it.</returns>
    public bool Insert(char character)
    {
        if (char.IsHighSurrogate(character))
        {
            _pendingHighSurrogate = character;
            return true;
        }

        char high = _pendingHighSurrogate;
        _pendingHighSurrogate = '\0';
        if (!(char.IsLowSurrogate(character) ? Rune.TryCreate(high, character, out Rune rune) : Rune.TryCreate(character, out rune))
            || !VisibleText.IsHarmless(rune))
        {
            return false;
        }

        if (_text.Length + rune.Utf16SequenceLength > MaxChars)
        {
            return false;
        }

        Span<char> units = stackalloc char[2];
        _text.Insert(Cursor, units[..rune.EncodeToUtf16(units)]);
        Cursor += rune.Utf16SequenceLength;
        return true;
    }

    /// <summary>Replaces the whole line; the cursor goes to its end. What may not be printed is left out.</summary>
    public void Set(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text.Clear();
        Cursor = 0;
        foreach (char character in text)
        {
            Insert(character);
        }
    }

    /// <summary>Moves the cursor to a character's start at or before <paramref name="index"/>.</summary>
    public void MoveTo(int index) => Cursor = Math.Clamp(index, 0, Length);

    /// <summary>Deletes from <paramref name="start"/> up to <paramref name="end"/>; the cursor goes to the start.</summary>
    public void Remove(int start, int end)
    {
        _text.Remove(start, end - start);
        Cursor = start;
    }

    /// <summary>Where the character before <paramref name="index"/> starts.</summary>
    public int PreviousOf(int index)
    {
        while (index > 0)
        {
            index -= index > 1 && char.IsLowSurrogate(_text[index - 1]) ? 2 : 1;
            if (DisplayWidth.Of(RuneAt(index)) > 0)
            {
                break;
            }
        }

        return index;
    }

    /// <summary>Where the character at <paramref name="index"/> ends, with the marks drawn into it.</summary>
    public int NextOf(int index)
    {
        if (index < Length)
        {
            index += RuneAt(index).Utf16SequenceLength;
        }

        while (index < Length && DisplayWidth.Of(RuneAt(index)) == 0)
        {
            index += RuneAt(index).Utf16SequenceLength;
        }

        return index;
    }

    /// <summary>Where the word before <paramref name="index"/> starts.</summary>
    public int WordBefore(int index)
    {
        while (index > 0 && char.IsWhiteSpace(_text[index - 1]))
        {
            index--;
        }

        while (index > 0 && !char.IsWhiteSpace(_text[index - 1]))
        {
            index--;
        }

        return index;
    }

    /// <summary>Where the word behind <paramref name="index"/> ends.</summary>
    public int WordAfter(int index)
    {
        while (index < Length && char.IsWhiteSpace(_text[index]))
        {
            index++;
        }

        while (index < Length && !char.IsWhiteSpace(_text[index]))
        {
            index++;
        }

        return index;
    }

    /// <summary>The part of the line that fits into some columns and has the cursor in it, and the cursor's column in that.</summary>
    /// <param name="columns">How many columns there are, from 1.</param>
    public (string Text, int CursorColumn) View(int columns)
    {
        // A line of many marks may be longer than this and still fit; then it is only scrolled earlier than need be.
        if (Length <= 4 * columns && WidthOf(0, Length) < columns)
        {
            return (ToString(), WidthOf(0, Cursor));
        }

        // From the cursor to the left, for at most three quarters of the room while there is text to its right; then to the right.
        int start = Cursor;
        int before = 0;
        int maxBefore = Cursor == Length ? columns - 1 : columns * 3 / 4;
        while (start > 0)
        {
            int previous = PreviousOf(start);
            int width = WidthOf(previous, start);
            if (before + width > maxBefore)
            {
                break;
            }

            before += width;
            start = previous;
        }

        int end = Cursor;
        int shown = before;
        while (end < Length)
        {
            int next = NextOf(end);
            int width = WidthOf(end, next);
            if (shown + width > columns - 1)
            {
                break;
            }

            shown += width;
            end = next;
        }

        return (_text.ToString(start, end - start), before);
    }

    private int WidthOf(int start, int end)
    {
        int columns = 0;
        for (int i = start; i < end; i += RuneAt(i).Utf16SequenceLength)
        {
            columns += DisplayWidth.Of(RuneAt(i));
        }

        return columns;
    }

    private Rune RuneAt(int index) => char.IsSurrogatePair(_text[index], index + 1 < Length ? _text[index + 1] : '\0')
        ? new Rune(_text[index], _text[index + 1])
        : new Rune(_text[index]);
}
