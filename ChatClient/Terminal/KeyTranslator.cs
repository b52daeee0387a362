using System.Text;

namespace ChatClient.Terminal;

/// <summary>
/// Turns console keys into key strokes: maps the usual Emacs-style keys, takes apart what .NET leaves of escape sequences it does not
/// know (they arrive as Escape and loose characters), and recognises bracketed paste, in which a line end is not Enter but a space:
/// what is pasted is looked at before it is sent. For one thread.
/// </summary>
/// <param name="keys">The keyboard.</param>
public sealed class KeyTranslator(IKeySource keys)
{
    // ECMA-48 sets no bound on a control sequence; what is longer is no key of any terminal.
    private const int MaxSequenceChars = 32;

    private bool _isPasting;
    private char _lastPasted;

    /// <summary>Waits for the next key that means something.</summary>
    public KeyStroke Read()
    {
        while (true)
        {
            ConsoleKeyInfo key = keys.ReadKey();
            KeyStroke stroke = key.KeyChar == '\u001b' ? ReadEscape() : _isPasting ? Pasted(key.KeyChar) : Typed(key);
            if (stroke.Key != EditorKey.None)
            {
                return stroke;
            }
        }
    }

    private static KeyStroke Typed(ConsoleKeyInfo key)
    {
        if (key.KeyChar is '\r' or '\n')
        {
            return new KeyStroke(EditorKey.Enter);
        }

        bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        bool isAlt = key.Modifiers.HasFlag(ConsoleModifiers.Alt);
        EditorKey meaning = key.Key switch
        {
            ConsoleKey.Backspace => isControl || isAlt ? EditorKey.KillWord : EditorKey.Backspace,
            ConsoleKey.Delete => EditorKey.Delete,
            ConsoleKey.LeftArrow => isControl || isAlt ? EditorKey.WordLeft : EditorKey.Left,
            ConsoleKey.RightArrow => isControl || isAlt ? EditorKey.WordRight : EditorKey.Right,
            ConsoleKey.UpArrow => EditorKey.Previous,
            ConsoleKey.DownArrow => EditorKey.Next,
            ConsoleKey.Home => EditorKey.Home,
            ConsoleKey.End => EditorKey.End,
            _ => isControl ? Control(key.Key) : isAlt ? Alt(key.Key) : EditorKey.None,
        };
        return meaning != EditorKey.None ? new KeyStroke(meaning)
            : key.KeyChar == '\t' ? new KeyStroke(EditorKey.Character, ' ')
            : key.KeyChar == '\0' || isControl || isAlt ? default
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
        _ => EditorKey.None,
    };

    private static EditorKey Alt(ConsoleKey key) => key switch
    {
        ConsoleKey.B => EditorKey.WordLeft,
        ConsoleKey.F => EditorKey.WordRight,
        _ => EditorKey.None,
    };

    private KeyStroke Pasted(char character)
    {
        bool isSecondOfLineEnd = character == '\n' && _lastPasted == '\r';
        _lastPasted = character;
        return isSecondOfLineEnd ? default
            : new KeyStroke(EditorKey.Character, character is '\r' or '\n' or '\t' ? ' ' : character);
    }

    // Within a paste the rest of a sequence is surely to come; outside, Escape may have been pressed by itself.
    private bool IsMoreComing => _isPasting || keys.IsKeyAvailable;

    private KeyStroke ReadEscape()
    {
        if (!IsMoreComing)
        {
            return default;
        }

        ConsoleKeyInfo next = keys.ReadKey();
        if (next.KeyChar != '[')
        {
            // Escape before a character is how terminals send Alt; anything else is rubbish, whose Escape is dropped.
            return _isPasting ? Pasted(next.KeyChar)
                : next.KeyChar is 'b' ? new KeyStroke(EditorKey.WordLeft)
                : next.KeyChar is 'f' ? new KeyStroke(EditorKey.WordRight)
                : default;
        }

        var sequence = new StringBuilder();
        while (sequence.Length < MaxSequenceChars && IsMoreComing)
        {
            char character = keys.ReadKey().KeyChar;
            sequence.Append(character);
            if (character is >= '@' and <= '~')
            {
                break;
            }
        }

        _isPasting = sequence.ToString() switch
        {
            "200~" => true,
            "201~" => false,
            _ => _isPasting,
        };
        return default;
    }
}
