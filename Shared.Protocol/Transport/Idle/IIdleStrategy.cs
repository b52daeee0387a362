namespace Shared.Protocol.Transport.Idle;

/// <summary>
/// What a reading thread does while its mailbox is empty, before it sleeps in the kernel. To be woken costs 5 to 40 µs; to look again costs processor time.
/// <list type="bullet">
/// <item>Each reading thread has one of its own, and calls it from that thread alone.</item>
/// <item>It decides only whether to look again. How to look, and how to sleep, is the mailbox's: a thread that is told to sleep loses no wake-up.</item>
/// <item>It never sleeps; but one that lets others go first is back only when those have had their turn. Meanwhile a stop is seen as late as by a thread that works.</item>
/// </list>
/// </summary>
public interface IIdleStrategy
{
    /// <summary>Whether its thread is to look again, with <see cref="TryPause"/> between two looks, before it sleeps. Asked before each read that may have to wait.</summary>
    /// <param name="isBusy">Whether more frames are likely to be there soon (<see cref="IFrameReceiver.ExpectsMore"/>).</param>
    bool LooksAgain(bool isBusy);

    /// <summary>A frame was there.</summary>
    void OnFrame();

    /// <summary>Nothing is there. True, after a short pause: look again. False: sleep until somebody sends.</summary>
    bool TryPause();
}
