using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// This part: sleeping, and being woken. No wake-up is lost:
/// <code>
///   consumer                              producer
///   asleep := 1                           word := committed
///   fence                                 fence
///   word committed? then do not sleep     asleep = 1? then asleep := 0, wake
/// </code>
/// Both write, then both look at what the other has written, with a full fence between: at least one of them sees the other's. If the producer sees the 1, it
/// either finds the consumer in the kernel and wakes it, or has made the word 0 before it got there, and the kernel does not let it sleep on a 0.
/// A producer that dies between its commit and the wake costs the time-out of one sleep.
/// </summary>
internal sealed unsafe partial class Ring
{
    private const int Awake = 0;
    private const int Asleep = 1;

    private ref int AsleepWord => ref *(int*)At(RingDescriptor.AsleepOffset);

    /// <summary>Sleeps until there may be something to take or a reason to look, at most so long. Inside only; the reader's thread.</summary>
    /// <param name="timeout">At most so long.</param>
    /// <param name="mustStay">Whether there is a reason not to sleep; whoever makes it so calls <see cref="WakeConsumer"/> afterwards.</param>
    internal void Sleep(TimeSpan timeout, Func<bool> mustStay)
    {
        Volatile.Write(ref AsleepWord, Asleep);
        Interlocked.MemoryBarrier();
        if (!HasFrame && !mustStay())
        {
            fixed (int* word = &AsleepWord)
            {
                SysFutex.Wait((uint*)word, Asleep, timeout);
            }
        }

        Volatile.Write(ref AsleepWord, Awake);
    }

    /// <summary>Wakes the consumer where it sleeps. To be called after whatever it is to see, with a full fence between.</summary>
    internal void WakeConsumer()
    {
        if (Volatile.Read(ref AsleepWord) != Awake && Interlocked.Exchange(ref AsleepWord, Awake) != Awake)
        {
            fixed (int* word = &AsleepWord)
            {
                SysFutex.WakeOne((uint*)word);
            }
        }
    }
}
