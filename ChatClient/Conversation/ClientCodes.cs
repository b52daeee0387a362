namespace ChatClient.Conversation;

/// <summary>The codes that this client itself gives to results and notices.</summary>
public static class ClientCodes
{
    /// <summary>Error: the line is not UTF-8; it was not sent.</summary>
    public const string InvalidUtf8 = "invalid_utf8";

    /// <summary>Error: the line is longer than this client reads; it was not sent.</summary>
    public const string LineTooLong = "line_too_long";

    /// <summary>
    /// Unknown: the connection was lost before the answer came, and did not come back. Notice: it is lost, and this client tries to resume the session.
    /// </summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>Notice: events of the session are lost, or a session was lost, and with it what was said meanwhile.</summary>
    public const string EventsMissed = "events_missed";

    /// <summary>Notice: the session goes on over a new connection.</summary>
    public const string Resumed = "resumed";

    /// <summary>Unknown: the connection was lost, and with it the session, before the answer came. Notice: this is a new session.</summary>
    public const string SessionLost = "session_lost";

    /// <summary>Unknown: the server did not keep the answer until the session was resumed.</summary>
    public const string ResultLost = "result_lost";

    /// <summary>Unknown: the answer did not come within <c>--wait</c>, or the client was told to stop.</summary>
    public const string NotAnswered = "not_answered";

    /// <summary>Notice: the log-in succeeded.</summary>
    public const string LoggedIn = "logged_in";

    /// <summary>From a server: the session is just being made or ended; a log-in may succeed in a moment.</summary>
    internal const string LogInPending = "login_pending";

    /// <summary>From a server: too many are logging in; a log-in may succeed a little later.</summary>
    internal const string ServerBusy = "server_busy";

    /// <summary>From a server: a frame did not arrive in time; the session can be resumed.</summary>
    internal const string FrameTimeout = "frame_timeout";
}
