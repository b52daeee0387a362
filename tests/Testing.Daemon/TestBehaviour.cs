namespace Testing.Daemon;

internal enum TestBehaviour
{
    /// <summary>Waits for the stop.</summary>
    Wait = 1,

    /// <summary>Throws from its background service.</summary>
    Throw,

    /// <summary>Throws from its start.</summary>
    ThrowAtStart,

    /// <summary>Throws on a thread of its own.</summary>
    ThrowOnThread,

    /// <summary>Is refused a resource at its start.</summary>
    Refused,

    /// <summary>Is refused a resource while it runs.</summary>
    RefusedLater,

    /// <summary>Reports a fault from a thread of its own.</summary>
    Report,

    /// <summary>Does not look at its stop token.</summary>
    IgnoreStop,

    /// <summary>Blocks in StopAsync, whatever its token says.</summary>
    HangInStop,

    /// <summary>Answers requests as a channelD; the line <c>loop</c> keeps its thread for ever.</summary>
    Answer,

    /// <summary>Logs many events, then tells so in the progress file.</summary>
    LogMuch,
}
