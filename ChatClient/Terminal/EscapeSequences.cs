using System.Globalization;

namespace ChatClient.Terminal;

/// <summary>What the keys of xterm, and of the terminals that send what it sends, mean; rxvt's and the Linux console's where they differ.</summary>
internal static class EscapeSequences
{
    /// <summary>Stands before what is pasted, behind <c>ESC [</c>.</summary>
    internal const string PasteStart = "200~";

    /// <summary>Stands behind what is pasted, behind <c>ESC [</c>.</summary>
    internal const string PasteEnd = "201~";

    // xterm counts modifiers from 1: 1 + (Shift 1, Alt 2, Control 4).
    private const int AltOrControl = 2 | 4;

    /// <summary>The key of what came behind <c>ESC [</c>.</summary>
    internal static EditorKey OfControl(string sequence)
    {
        if (sequence.Length == 0)
        {
            return EditorKey.None;
        }

        string[] parameters = sequence[..^1].Split(';');
        bool isByWord = parameters.Length == 2
            && int.TryParse(parameters[1], NumberStyles.None, CultureInfo.InvariantCulture, out int modifiers)
            && ((modifiers - 1) & AltOrControl) != 0;
        return sequence[^1] == '~' ? OfNumber(parameters[0]) : OfLetter(sequence[^1], isByWord);
    }

    /// <summary>The key of what came behind <c>ESC O</c>: the cursor keys in the mode that .NET sets; in lower case rxvt's with Control.</summary>
    internal static EditorKey OfKeypad(string sequence) => sequence switch
    {
        "M" => EditorKey.Enter,
        "c" => EditorKey.WordRight,
        "d" => EditorKey.WordLeft,
        { Length: 1 } => OfLetter(sequence[0], isByWord: false),
        _ => EditorKey.None,
    };

    private static EditorKey OfLetter(char letter, bool isByWord) => letter switch
    {
        'A' => EditorKey.Previous,
        'B' => EditorKey.Next,
        'C' => isByWord ? EditorKey.WordRight : EditorKey.Right,
        'D' => isByWord ? EditorKey.WordLeft : EditorKey.Left,
        'F' => EditorKey.End,
        'H' => EditorKey.Home,
        _ => EditorKey.None,
    };

    private static EditorKey OfNumber(string number) => number switch
    {
        "1" or "7" => EditorKey.Home,
        "3" => EditorKey.Delete,
        "4" or "8" => EditorKey.End,
        _ => EditorKey.None,
    };
}
