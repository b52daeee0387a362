using System.Text;
using Shared.Protocol.Interop.Linux;

namespace ChatClient.Terminal;

/// <summary>
/// The process's terminal: its modes are .NET's business, its bytes are decoded here, as UTF-8. Escape sequences come out as the
/// characters they are made of. One per process; for one reading thread.
/// </summary>
internal sealed class ConsoleKeySource : IKeySource
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly Queue<ConsoleKeyInfo> _decoded = new();

    /// <summary>Takes the keyboard. Nothing may have been read from the console before: it keeps the encoding of its first reading.</summary>
    public ConsoleKeySource() => Console.InputEncoding = new TerminalBytes();

    /// <inheritdoc/>
    public bool IsKeyAvailable => _decoded.Count > 0 || Console.KeyAvailable;

    /// <inheritdoc/>
    public ConsoleKeyInfo ReadKey()
    {
        ConsoleKeyInfo key;
        while (!_decoded.TryDequeue(out key))
        {
            Decode(Console.ReadKey(intercept: true));
        }

        return key;
    }

    /// <inheritdoc/>
    public void TakeSignalKeys(bool areTaken) => Console.TreatControlCAsInput = areTaken;

    /// <inheritdoc/>
    public void Suspend() => Unistd.StopOwnGroup();

    private void Decode(ConsoleKeyInfo key)
    {
        if (key.KeyChar is >= '\u0080' and <= '\u00ff')
        {
            Decode([(byte)key.KeyChar], isEnd: false);
            return;
        }

        // No character goes on behind an ASCII one; what was begun shows as U+FFFD.
        Decode([], isEnd: true);
        _decoded.Enqueue(key.KeyChar == TerminalBytes.Escape ? new ConsoleKeyInfo('\u001b', ConsoleKey.Escape, false, false, false) : key);
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        Span<char> characters = stackalloc char[4];
        foreach (char character in characters[.._decoder.GetChars(bytes, characters, isEnd)])
        {
            _decoded.Enqueue(new ConsoleKeyInfo(character, default, false, false, false));
        }
    }
}
