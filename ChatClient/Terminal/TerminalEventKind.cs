namespace ChatClient.Terminal;

/// <summary>What the terminal's loop has to do.</summary>
internal enum TerminalEventKind
{
    /// <summary>Draw anew: the size changed.</summary>
    Redraw = 0,

    /// <summary>Take the screen again: the process was stopped and goes on.</summary>
    Continued,

    /// <summary>Apply a key that was read.</summary>
    Key,

    /// <summary>Apply SIGINT.</summary>
    Interrupt,

    /// <summary>Print finished lines.</summary>
    Print,

    /// <summary>Show the prompt and begin to edit.</summary>
    StartEditing,

    /// <summary>Take the prompt away; lines are printed still.</summary>
    StopEditing,
}
