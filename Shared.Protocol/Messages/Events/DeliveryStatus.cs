namespace Shared.Protocol.Messages.Events;

/// <summary>What became of an event that wanted a report. The numbers are part of the wire.</summary>
public enum DeliveryStatus
{
    /// <summary>The recipient's session took it: it goes to his connection, or is kept for when he resumes.</summary>
    Taken = 1,

    /// <summary>There is no such session.</summary>
    Gone = 2,

    /// <summary>The recipient blocks the sender.</summary>
    Blocked = 3,
}
