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
    /// Whether more frames are likely to be there soon, and worth a look. Where it says so the transport gives what is there in one burst, of a bounded
    /// number of frames: <see cref="OnBurstBegin"/>, the frames, <see cref="OnBurstEnd"/>. Asked on the reading thread, before a frame and before a wait.
    /// </summary>
    bool ExpectsMore => false;

    /// <summary>Further frames may follow without a wait. What they set off may be held back, to leave together. Called on the reading thread.</summary>
    void OnBurstBegin()
    {
    }

    /// <summary>
    /// Nothing more is there at the moment, or another one has its turn: what was held back has to leave now. Called on the reading thread that has called
    /// <see cref="OnBurstBegin"/>, always, before it waits.
    /// </summary>
    void OnBurstEnd()
    {
    }

    /// <summary>
    /// The mailbox was lost and found anew (its queue was removed): frames that were under way are gone, in both directions.
    /// Called on the reading thread, before the first frame of the new mailbox.
    /// </summary>
    void OnReset();
}
