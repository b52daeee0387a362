using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Shared.Protocol.Messages.CPrograms;

/// <summary>Text in a C <c>char</c> array: UTF-8 up to a NUL.</summary>
internal static class CText
{
    /// <summary>Whether a text arrives unchanged in an array of this size: it is Unicode text without a NUL, and has room with the NUL.</summary>
    internal static bool Fits(string text, int arrayBytes)
    {
        if (text.Length >= arrayBytes || text.Contains('\0'))
        {
            return false;
        }

        Span<byte> room = stackalloc byte[arrayBytes - 1];
        return Utf8.FromUtf16(text, room, out _, out _, replaceInvalidSequences: false) == OperationStatus.Done;
    }

    /// <summary>
    /// Writes as much of a text as there is room for, and returns the bytes written. It is cut between characters as a reader sees them
    /// (grapheme clusters), between code points where a single cluster is larger than the room, and at a NUL.
    /// </summary>
    internal static int WriteCut(string text, Span<byte> room)
    {
        ReadOnlySpan<char> whole = text;
        int nul = whole.IndexOf('\0');
        whole = nul < 0 ? whole : whole[..nul];

        // Lone surrogates become U+FFFD; so does nothing else, and the text is only shown.
        _ = Utf8.FromUtf16(whole, room, out int charsRead, out int bytesWritten);
        if (charsRead == whole.Length)
        {
            return bytesWritten;
        }

        int cut = 0;
        while (true)
        {
            int next = cut + StringInfo.GetNextTextElementLength(whole[cut..]);
            if (next > charsRead)
            {
                break;
            }

            cut = next;
        }

        return cut == 0 ? bytesWritten : WriteWhole(whole[..cut], room);
    }

    /// <summary>Finds the text in a frame behind its head: up to the NUL, or to the end of the frame or the array.</summary>
    /// <returns>False where neither a NUL nor the end of the frame comes before the end of the array.</returns>
    internal static bool TryFind(ReadOnlySpan<byte> tail, int arrayBytes, out ReadOnlySpan<byte> text)
    {
        // A frame may be longer than the array: many a C program passes the size of the whole struct to msgsnd.
        ReadOnlySpan<byte> array = tail.Length > arrayBytes ? tail[..arrayBytes] : tail;
        int nul = array.IndexOf((byte)0);
        text = nul < 0 ? array : array[..nul];
        return nul >= 0 || tail.Length <= arrayBytes;
    }

    /// <summary>The text, without the end of line that <c>fgets</c> leaves; false where it is not UTF-8.</summary>
    internal static bool TryReadExact(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        text = Utf8.IsValid(utf8) ? ReadRepaired(utf8) : null;
        return text is not null;
    }

    /// <summary>
    /// The text, without an end of line, and with U+FFFD for what is not UTF-8: a C program that cuts its answer with <c>snprintf</c>
    /// does so inside a character.
    /// </summary>
    internal static string ReadRepaired(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8.TrimEnd("\r\n"u8));

    private static int WriteWhole(ReadOnlySpan<char> text, Span<byte> room)
    {
        _ = Utf8.FromUtf16(text, room, out _, out int bytesWritten);
        return bytesWritten;
    }
}
