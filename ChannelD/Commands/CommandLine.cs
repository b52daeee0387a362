using System.Buffers;
using System.Globalization;
using System.Text;
using Shared.Protocol.Names;

namespace ChannelD.Commands;

/// <summary>A line cut in two: the command's name and what follows.</summary>
/// <param name="Name">What stands between the <c>/</c> and the first white space; not empty.</param>
/// <param name="Argument">The rest, trimmed; may be empty.</param>
public readonly record struct CommandLine(ReadOnlyMemory<char> Name, ReadOnlyMemory<char> Argument)
{
    /// <summary>Cuts a line. Never throws.</summary>
    /// <param name="line">The line as typed.</param>
    /// <param name="command">Its parts.</param>
    /// <returns>False if it does not start with an ASCII <c>/</c> and a name, after white space.</returns>
    public static bool TryParse(string? line, out CommandLine command)
    {
        ReadOnlyMemory<char> trimmed = line.AsMemory().Trim();
        command = default;
        if (trimmed.Length < 2 || trimmed.Span[0] != '/')
        {
            return false;
        }

        ReadOnlyMemory<char> rest = trimmed[1..];
        int end = 0;
        while (end < rest.Length && !char.IsWhiteSpace(rest.Span[end]))
        {
            end++;
        }

        command = new CommandLine(rest[..end], rest[end..].TrimStart());
        return end > 0;
    }

    /// <summary>Reads a line that names no command as a sentence. Never throws.</summary>
    /// <param name="line">The line as typed.</param>
    /// <param name="sentence">The line, trimmed.</param>
    /// <returns>
    /// False if it is blank, or starts with a <c>/</c> or its full-width form: whoever mistypes a command does not want it heard by everybody.
    /// </returns>
    public static bool TryReadSentence(string? line, out ReadOnlyMemory<char> sentence)
    {
        sentence = line.AsMemory().Trim();
        return !sentence.IsEmpty && sentence.Span[0] is not ('/' or '／');
    }

    /// <summary>Whether the text can be handed to a command: no control characters, no line separators, no half of a surrogate pair.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] is (>= ' ' and <= '~') || PlainText.IsHangulSyllable(text[0]))
            {
                text = text[1..];
                continue;
            }

            if (Rune.DecodeFromUtf16(text, out Rune rune, out int consumed) != OperationStatus.Done
                || Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }
}
