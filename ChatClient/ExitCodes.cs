namespace ChatClient;

/// <summary>What the process ends with; a contract with scripts.</summary>
public static class ExitCodes
{
    /// <summary>Every line was answered (with success or with an error, but answered).</summary>
    public const int AllAnswered = 0;

    /// <summary>The command line was wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>No connection came about, or the server refused the log-in.</summary>
    public const int CannotConnect = 3;

    /// <summary>Some lines ended busy or unknown, or the connection was lost before the end of the input.</summary>
    public const int SomeUnanswered = 4;
}
