namespace ChatClient.Terminal;

/// <summary>What the terminal's loop has to do.</summary>
internal enum TerminalEventKind
{
    /// <summary>Draw anew: the size changed, or the process was stopped and goes on.</summary>
    Redraw = 0,

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
