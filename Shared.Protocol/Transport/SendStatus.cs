namespace Shared.Protocol.Transport;

/// <summary>How an attempt to send a frame ended. Only <see cref="Sent"/> put anything into the mailbox.</summary>
public enum SendStatus
{
    /// <summary>The mailbox has the frame. That proves nothing about its reader.</summary>
    Sent = 1,

    /// <summary>The mailbox is full for now.</summary>
    Full,

    /// <summary>The frame is larger than <see cref="TransportLimits.MaxFrameBytes"/>: it can never be sent.</summary>
    TooLarge,

    /// <summary>The mailbox is not there at present (its queue was removed and is being looked up again).</summary>
    Gone,

    /// <summary>The kernel or the peer refuses this process: owner or mode of the queue changed.</summary>
    Refused,
}
