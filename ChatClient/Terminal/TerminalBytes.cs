using System.Text;

namespace ChatClient.Terminal;

/// <summary>
/// Shows each byte of the terminal to <see cref="Console.ReadKey(bool)"/> as one character, and Escape as one it does not know. So .NET
/// keeps the modes of the terminal but takes no sequence apart: its own parser throws on Unicode's digits (ESC [ 1 and U+0663 and ~) and
/// then never passes them, and it drops the Escape of a sequence that a read happens to cut behind <c>ESC [</c>.
/// </summary>
internal sealed class TerminalBytes : Encoding
{
    /// <summary>What stands for Escape: a character of private use, which no byte is shown as.</summary>
    internal const char Escape = '\ue01b';

    private const byte EscapeByte = 0x1b;

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        for (int i = 0; i < charCount; i++)
        {
            char character = chars[charIndex + i];
            bytes[byteIndex + i] = character == Escape ? EscapeByte : (byte)character;
        }

        return charCount;
    }

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (int i = 0; i < byteCount; i++)
        {
            byte value = bytes[byteIndex + i];
            chars[charIndex + i] = value == EscapeByte ? Escape : (char)value;
        }

        return byteCount;
    }

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => charCount;

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount;
}
