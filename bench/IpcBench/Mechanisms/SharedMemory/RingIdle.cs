using System.Diagnostics;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.SharedMemory;

/// <summary>
/// One wait for a position to move. Spinning and polling give up after a while without anything and look once a millisecond: nothing is being measured
/// then, and it would take the processor from whatever is.
/// </summary>
internal unsafe struct RingIdle(RingWait wait)
{
    private const int LooksPerYield = 200;
    private const int LooksPerClock = 1000;
    private const long PollNs = 50_000;
    private const long RestNs = 1_000_000;
    private static readonly long s_restAfterTicks = Stopwatch.Frequency / 20;

    private long _startedAt;
    private int _looks;
    private bool _isResting;

    /// <summary>Waits a little, or until the position may have moved on from the low half that was seen.</summary>
    internal void Wait(ulong* position, uint seen, uint* sleeps)
    {
        switch (wait)
        {
            case RingWait.Futex:
                // A full barrier again, the counterpart of the writer's.
                Interlocked.Exchange(ref *sleeps, 1);
                if ((uint)Volatile.Read(ref *position) == seen)
                {
                    Futex.Wait((uint*)position, seen);
                }

                Volatile.Write(ref *sleeps, 0);
                break;
            case RingWait.Spin when !_isResting:
                Spin();
                break;
            case RingWait.Poll when !_isResting:
                Futex.Nap(PollNs);
                LookAtClock();
                break;
            default:
                Futex.Nap(RestNs);
                break;
        }
    }

    private void Spin()
    {
        _looks++;
        if (_looks % LooksPerYield == 0)
        {
            Futex.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }

        if (_looks % LooksPerClock == 0)
        {
            LookAtClock();
        }
    }

    private void LookAtClock()
    {
        long now = Stopwatch.GetTimestamp();
        _startedAt = _startedAt == 0 ? now : _startedAt;
        _isResting = now - _startedAt > s_restAfterTicks;
    }
}
