using System.Runtime.InteropServices;
using IpcBench.Mechanisms.SharedMemory;

namespace Bench.Tests.Mechanisms;

public sealed unsafe class RingTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(RingDescriptor.RingBytes, 64);

    public RingTests() => NativeMemory.Clear(_memory, RingDescriptor.RingBytes);

    public void Dispose() => NativeMemory.AlignedFree(_memory);

    // The reader has taken a message without having slept for it, finds nothing more, and says that it is going to sleep; the writer of that message only
    // now gets to waking who sleeps. If it took the mark away, the next writer would not wake the reader, who by then sleeps.
    [Fact]
    public void Write_WhileTheReaderGoesToSleepAgain_LeavesItsMark()
    {
        var ring = new Ring(_memory, RingWait.Futex);
        ReaderSleeps = 1;
        Assert.True(ring.TryWrite([1, 2, 3]));
        Assert.Equal(1u, ReaderSleeps);
    }

    [Fact]
    public void Read_HasSlept_TakesItsMarkBack()
    {
        var ring = new Ring(_memory, RingWait.Futex);
        int length = 0;
        var reader = new Thread(() => length = ring.Read(new byte[16])) { IsBackground = true };
        reader.Start();
        Assert.True(SpinWait.SpinUntil(() => ReaderSleeps == 1, s_deadline));
        Assert.True(ring.TryWrite([1, 2, 3]));
        Assert.True(reader.Join(s_deadline));
        Assert.Equal(3, length);
        Assert.Equal(0u, ReaderSleeps);
    }

    private uint ReaderSleeps
    {
        get => Volatile.Read(ref *(uint*)(_memory + RingDescriptor.ReaderSleepsOffset));
        set => Volatile.Write(ref *(uint*)(_memory + RingDescriptor.ReaderSleepsOffset), value);
    }
}
