namespace Shared.Protocol.Transport;

/// <summary>Takes what arrives in one mailbox.</summary>
public interface IFrameReceiver
{
    /// <summary>
    /// One frame. Called on the mailbox's reading thread, one call at a time, in the order of arrival; but a call whose thread was replaced
    /// (<see cref="ITransport.ReplaceReader"/>) still runs while others are made.
    /// The bytes belong to the transport and are valid during the call only. It must not wait: nothing else is read meanwhile.
    /// What it throws is counted and logged by the transport, which reads on.
    /// </summary>
    void OnFrame(ReadOnlySpan<byte> frame);

    /// <summary>
    /// The mailbox was lost and found anew (its queue was removed): frames that were under way are gone, in both directions.
    /// Called on the reading thread, before the first frame of the new mailbox.
    /// </summary>
    void OnReset();
}
