namespace ChatClient.Terminal;

/// <summary>What a key, or a sequence of them, means to the editor.</summary>
public enum EditorKey
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A character; it travels beside this value.</summary>
    Character,

    /// <summary>Send the line.</summary>
    Enter,

    /// <summary>Delete before the cursor.</summary>
    Backspace,

    /// <summary>Delete behind the cursor.</summary>
    Delete,

    /// <summary>Delete behind the cursor, or end the input where the line is empty.</summary>
    DeleteOrEnd,

    /// <summary>One character to the left.</summary>
    Left,

    /// <summary>One character to the right.</summary>
    Right,

    /// <summary>One word to the left.</summary>
    WordLeft,

    /// <summary>One word to the right.</summary>
    WordRight,

    /// <summary>To the start of the line.</summary>
    Home,

    /// <summary>To the end of the line.</summary>
    End,

    /// <summary>The previous line of the history.</summary>
    Previous,

    /// <summary>The next line of the history.</summary>
    Next,

    /// <summary>Delete from the start to the cursor.</summary>
    KillToStart,

    /// <summary>Delete from the cursor to the end.</summary>
    KillToEnd,

    /// <summary>Delete the word before the cursor.</summary>
    KillWord,

    /// <summary>Clear the screen.</summary>
    ClearScreen,

    /// <summary>Clear the line, or ask to end.</summary>
    Interrupt,

    /// <summary>Stop the process until the shell lets it go on.</summary>
    Suspend,

    /// <summary>The terminal is gone.</summary>
    Hangup,
}
