using System.Text;

namespace ChatClient.Terminal;

/// <summary>
/// Turns console keys into key strokes: maps the usual Emacs-style keys, takes escape sequences apart, and recognises bracketed paste,
/// in which a line end is not Enter but a space: what is pasted is looked at before it is sent. For one thread.
/// </summary>
/// <param name="keys">The keyboard.</param>
public sealed class KeyTranslator(IKeySource keys)
{
    // ECMA-48 sets no bound on a control sequence; what is longer is no key of any terminal.
    private const int MaxSequenceChars = 32;
    private const char Escape = '\u001b';
    private const char ControlC = '\u0003';

    private bool _isPasting;
    private char _lastPasted;
    private ConsoleKeyInfo? _putBack;

    /// <summary>Waits for the next key that means something.</summary>
    public KeyStroke Read()
    {
        while (true)
        {
            bool isIdle = !IsKeyAvailable;
            ConsoleKeyInfo key = ReadKey();

            // A person's Ctrl-C comes by itself, a pasted one does not. It always helps, also where the end of a paste was lost.
            if (_isPasting && isIdle && key.KeyChar == ControlC && !IsKeyAvailable)
            {
                _isPasting = false;
            }

            KeyStroke stroke = key.KeyChar == Escape ? ReadEscape() : _isPasting ? Pasted(key.KeyChar) : Typed(key);
            if (stroke.Key != EditorKey.None)
            {
                return stroke;
            }
        }
    }

    private bool IsKeyAvailable => _putBack is not null || keys.IsKeyAvailable;

    // Within a paste the rest of a sequence is surely to come; outside, Escape may have been pressed by itself.
    private bool IsMoreComing => _isPasting || IsKeyAvailable;

    private static KeyStroke Typed(ConsoleKeyInfo key)
    {
        if (key.KeyChar is '\r' or '\n')
        {
            return new KeyStroke(EditorKey.Enter);
        }

        bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        EditorKey meaning = key.Key == ConsoleKey.Backspace ? (isControl ? EditorKey.KillWord : EditorKey.Backspace)
            : isControl ? Control(key.Key)
            : EditorKey.None;
        return meaning != EditorKey.None ? new KeyStroke(meaning)
            : key.KeyChar == '\t' ? new KeyStroke(EditorKey.Character, ' ')
            : key.KeyChar == '\0' || isControl ? default
            : new KeyStroke(EditorKey.Character, key.KeyChar);
    }

    private static EditorKey Control(ConsoleKey key) => key switch
    {
        ConsoleKey.A => EditorKey.Home,
        ConsoleKey.B => EditorKey.Left,
        ConsoleKey.C => EditorKey.Interrupt,
        ConsoleKey.D => EditorKey.DeleteOrEnd,
        ConsoleKey.E => EditorKey.End,
        ConsoleKey.F => EditorKey.Right,
        ConsoleKey.H => EditorKey.Backspace,
        ConsoleKey.K => EditorKey.KillToEnd,
        ConsoleKey.L => EditorKey.ClearScreen,
        ConsoleKey.N => EditorKey.Next,
        ConsoleKey.P => EditorKey.Previous,
        ConsoleKey.U => EditorKey.KillToStart,
        ConsoleKey.W => EditorKey.KillWord,
        ConsoleKey.Z => EditorKey.Suspend,
        _ => EditorKey.None,
    };

    // Terminals send Escape before the character for Alt; what Alt means nothing with is rubbish, whose character is dropped too.
    private static EditorKey Alt(ConsoleKeyInfo key) => key.KeyChar switch
    {
        'b' => EditorKey.WordLeft,
        'f' => EditorKey.WordRight,
        '\r' or '\n' => EditorKey.Enter,
        _ when key.Key == ConsoleKey.Backspace => EditorKey.KillWord,
        _ => EditorKey.None,
    };

    private KeyStroke Pasted(char character)
    {
        bool isSecondOfLineEnd = character == '\n' && _lastPasted == '\r';
        _lastPasted = character;
        return isSecondOfLineEnd ? default
            : new KeyStroke(EditorKey.Character, character is '\r' or '\n' or '\t' ? ' ' : character);
    }

    private ConsoleKeyInfo ReadKey()
    {
        ConsoleKeyInfo key = _putBack ?? keys.ReadKey();
        _putBack = null;
        return key;
    }

    private KeyStroke ReadEscape()
    {
        if (!IsMoreComing)
        {
            return default;
        }

        ConsoleKeyInfo next = ReadKey();
        switch (next.KeyChar)
        {
            case Escape:
                _putBack = next;
                return default;
            case '[':
                return ControlSequence(ReadSequence());
            case 'O' when !_isPasting && IsMoreComing:
                return new KeyStroke(EscapeSequences.OfKeypad(ReadSequence()));
            default:
                return _isPasting ? Pasted(next.KeyChar) : new KeyStroke(Alt(next));
        }
    }

    private KeyStroke ControlSequence(string sequence)
    {
        if (_isPasting)
        {
            _isPasting = sequence != EscapeSequences.PasteEnd;
            return default;
        }

        _isPasting = sequence == EscapeSequences.PasteStart;
        _lastPasted = '\0';
        return new KeyStroke(EscapeSequences.OfControl(sequence));
    }

    /// <summary>
    /// Reads the rest of a sequence. It ends before a character that is in none: rubbish that breaks off must not swallow what stands
    /// behind it, least of all the Escape of a paste's end.
    /// </summary>
    private string ReadSequence()
    {
        var sequence = new StringBuilder();
        while (sequence.Length < MaxSequenceChars && IsMoreComing)
        {
            ConsoleKeyInfo key = ReadKey();
            if (key.KeyChar is < ' ' or > '~')
            {
                _putBack = key;
                break;
            }

            sequence.Append(key.KeyChar);

            // The Linux console's function keys have a second '[' and then their letter.
            if (key.KeyChar is >= '@' and <= '~' && !(key.KeyChar == '[' && sequence.Length == 1))
            {
                break;
            }
        }

        return sequence.ToString();
    }
}
