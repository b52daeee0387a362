namespace Shared.Protocol.Requests;

/// <summary>How far a request has come; it decides between <see cref="OutcomeKind.Busy"/> and <see cref="OutcomeKind.Unknown"/>.</summary>
internal enum InFlightState
{
    /// <summary>Not in the table: not begun, or ended.</summary>
    Idle = 0,

    /// <summary>It waits here: surely not executed.</summary>
    Pending,

    /// <summary>It was handed to the transport: it may be executed.</summary>
    Sent,
}
