namespace IpcBench.Mechanisms.SharedMemory;

/// <summary>How a side waits for the other to write to shared memory, or to read from it.</summary>
internal enum RingWait
{
    /// <summary>Sleeps in the kernel until the other side wakes it.</summary>
    Futex = 1,

    /// <summary>Looks again and again, and gives way now and then; the fastest, for as long as each side has a core of its own.</summary>
    Spin = 2,

    /// <summary>Looks again after a nap, as programs do that have nothing to be woken by.</summary>
    Poll = 3,
}
