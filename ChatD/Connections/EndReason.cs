namespace ChatD.Connections;

/// <summary>Why a connection ended. Each is counted apart.</summary>
internal enum EndReason
{
    /// <summary>It has not.</summary>
    None = 0,

    /// <summary>The client said good-bye, and has had all its answers.</summary>
    Bye,

    /// <summary>The client has closed or lost the connection.</summary>
    Disconnected,

    /// <summary>The client did not log in in time.</summary>
    LogInTimeout,

    /// <summary>A frame took too long to arrive.</summary>
    FrameTimeout,

    /// <summary>Nothing came for long, not even the answer to a ping.</summary>
    Dead,

    /// <summary>A frame was too long.</summary>
    FrameTooLong,

    /// <summary>A frame could not be read, or was not the one that was due.</summary>
    BadFrame,

    /// <summary>The client did not read: its buffer was full, or a write waited for too long.</summary>
    SlowReader,

    /// <summary>The log-in was refused.</summary>
    Refused,

    /// <summary>The channel gave the character to somebody else while it could not be reached.</summary>
    SessionLost,

    /// <summary>The session goes on over another connection.</summary>
    TakenOver,

    /// <summary>chatD stops.</summary>
    Stopping,
}
