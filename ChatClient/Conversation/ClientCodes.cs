namespace ChatClient.Conversation;

/// <summary>The codes that this client itself gives to results and notices. They never come from a server.</summary>
public static class ClientCodes
{
    /// <summary>Error: the line is not UTF-8; it was not sent.</summary>
    public const string InvalidUtf8 = "invalid_utf8";

    /// <summary>Error: the line is longer than this client reads; it was not sent.</summary>
    public const string LineTooLong = "line_too_long";

    /// <summary>Unknown: the connection was lost before the answer came.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>Unknown: the answer did not come within <c>--wait</c>, or the client was told to stop.</summary>
    public const string NotAnswered = "not_answered";

    /// <summary>Notice: the log-in succeeded.</summary>
    public const string LoggedIn = "logged_in";
}
