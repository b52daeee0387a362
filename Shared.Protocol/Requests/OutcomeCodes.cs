namespace Shared.Protocol.Requests;

/// <summary>The codes that the request layer itself ends requests with.</summary>
public static class OutcomeCodes
{
    /// <summary>Busy: as many requests are unanswered as the mailbox can carry, and the local buffer is full.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>Busy: the other daemon is not there.</summary>
    public const string PeerDown = "peer_down";

    /// <summary>Busy: this daemon is stopping.</summary>
    public const string Stopping = "stopping";

    /// <summary>Busy: the answering daemon does not know this session (it has just started).</summary>
    public const string UnknownSession = "unknown_session";

    /// <summary>Unknown: the deadline passed.</summary>
    public const string Deadline = "deadline";

    /// <summary>Unknown: the other daemon died, was replaced, or the mailbox was lost.</summary>
    public const string PeerLost = "peer_lost";

    /// <summary>Unknown: the result came, but could not be read, or a part of it is missing.</summary>
    public const string MalformedResult = "malformed_result";

    /// <summary>Error: the request or its result is larger than may travel.</summary>
    public const string TooLarge = "too_large";

    /// <summary>Error: the answering side does not know this kind of request.</summary>
    public const string UnknownRequest = "unknown_request";

    /// <summary>Error: the answering side could not read the request.</summary>
    public const string MalformedRequest = "malformed_request";

    /// <summary>Error: the handler failed.</summary>
    public const string Internal = "internal";

    /// <summary>Error: the handler did not come to an end in time; it may still do what it was asked to.</summary>
    public const string HandlerTimeout = "handler_timeout";

    /// <summary>Whether an outcome is a fault of the servers', and not of what was asked: that a name is not there is an answer like another.</summary>
    public static bool IsFault(OutcomeKind outcome, string? code) =>
        outcome is OutcomeKind.Busy or OutcomeKind.Unknown
        || (outcome == OutcomeKind.Error && code is Internal or HandlerTimeout or MalformedRequest or UnknownRequest);
}
