namespace ChatClient.Terminal;

/// <summary>What came of a key.</summary>
public enum EditorResult
{
    /// <summary>The line or the cursor may have changed.</summary>
    Edited = 0,

    /// <summary>The line is to be sent; <see cref="LineEditor.Submitted"/> has it.</summary>
    Submitted,

    /// <summary>The user wants to leave.</summary>
    Ended,

    /// <summary>Asked to leave once; asks for the second time.</summary>
    AskedToEnd,

    /// <summary>The screen is to be cleared.</summary>
    ClearScreen,

    /// <summary>The process is to be stopped until the shell lets it go on.</summary>
    Suspended,
}
