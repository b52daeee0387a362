namespace ChatD.Stays;

/// <summary>What came of the wish to resume a session.</summary>
internal enum ResumeOutcome
{
    /// <summary>There is no session of that name and token: the log-in is one like any other.</summary>
    None = 0,

    /// <summary>It goes on over the new connection.</summary>
    Resumed,

    /// <summary>It is just being made or ended; the client may try again.</summary>
    Pending,
}
