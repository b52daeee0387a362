using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// One ring, open as one participant: many send, one takes. Nobody waits for anybody in here.
/// <para>
/// What is read from the memory is never trusted further than the process can bear: its size and the longest frame were checked against the file when it was
/// opened and are kept here; a position only ever selects a word inside; a length is compared before it is used; every loop is bounded. A number that cannot be
/// right retires the ring as damaged.
/// </para>
/// This part: what it consists of, and how it is given up.
/// </summary>
internal sealed unsafe partial class Ring : IDisposable
{
    // Then it is too busy to be empty.
    private const int DepthLooks = 3;

    private readonly RingMapping _mapping;
    private readonly ulong _unitMask;
    private readonly int _lapShift;

    /// <summary>Takes over a mapping whose header was checked.</summary>
    internal Ring(RingMapping mapping, FileIdentity identity, long ringBytes, int maxFrameBytes, ulong generation, int number)
    {
        _mapping = mapping;
        Identity = identity;
        RingBytes = ringBytes;
        MaxFrameBytes = maxFrameBytes;
        Generation = generation;
        Number = number;
        Units = (ulong)ringBytes / RingDescriptor.WordBytes;
        _unitMask = Units - 1;
        _lapShift = BitOperations.Log2(Units);
        _cachedHead = HeadWord;
    }

    /// <summary>Which file it is.</summary>
    internal FileIdentity Identity { get; }

    /// <summary>How many bytes of records it has.</summary>
    internal long RingBytes { get; }

    /// <summary>The longest frame.</summary>
    internal int MaxFrameBytes { get; }

    /// <summary>The random number that its maker drew.</summary>
    internal ulong Generation { get; }

    /// <summary>This participant's number.</summary>
    internal int Number { get; }

    /// <summary>How it was given up, or <see cref="RingDescriptor.InUse"/>.</summary>
    internal int Retired => Volatile.Read(ref *(int*)At(RingDescriptor.RetiredOffset));

    /// <summary>What waits: frames, and the bytes that they take up with their words.</summary>
    internal MailboxDepth Depth
    {
        get
        {
            for (int look = 0; look < DepthLooks; look++)
            {
                // Read first: the tail moves only forward, so the difference is never negative. Larger than the ring it is where much has passed in between.
                RingPosition read = new(Volatile.Read(ref ReadWord));
                RingPosition tail = new(Volatile.Read(ref TailWord));
                ulong units = RingPosition.UnitsBetween(read.Units, tail.Units);
                if (units <= Units)
                {
                    return new MailboxDepth(Math.Min(tail.FramesSince(read), (long)units), (long)units * RingDescriptor.WordBytes);
                }
            }

            return new MailboxDepth(1, (long)Units * RingDescriptor.WordBytes);
        }
    }

    /// <summary>How long ago its consumer was last seen here; null where there was none yet.</summary>
    internal TimeSpan? ConsumerSilence
    {
        get
        {
            long last = Volatile.Read(ref *(long*)At(RingDescriptor.HeartbeatOffset));
            return last == 0 ? null : TimeSpan.FromMilliseconds(Math.Max(0, MonotonicMs - last));
        }
    }

    private static long MonotonicMs => (long)(Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000.0));

    private ulong Units { get; }

    private ref ulong TailWord => ref *(ulong*)At(RingDescriptor.TailOffset);

    private ref ulong HeadWord => ref *(ulong*)At(RingDescriptor.HeadOffset);

    private ref ulong ReadWord => ref *(ulong*)At(RingDescriptor.ReadOffset);

    /// <summary>Goes inside, for calls of the members; false where it was disposed of.</summary>
    internal bool TryEnter() => _mapping.TryEnter();

    /// <summary>Leaves.</summary>
    internal void Leave() => _mapping.Leave();

    /// <inheritdoc/>
    public void Dispose() => _mapping.Dispose();

    /// <summary>Whether its header still says what it did when it was opened.</summary>
    internal bool IsIntact =>
        Volatile.Read(ref *(ulong*)At(RingDescriptor.MagicOffset)) == RingDescriptor.Magic
        && *(uint*)At(RingDescriptor.VersionOffset) == RingDescriptor.Version
        && *(long*)At(RingDescriptor.RingBytesOffset) == RingBytes
        && *(ulong*)At(RingDescriptor.GenerationOffset) == Generation
        && Retired is >= RingDescriptor.InUse and <= RingDescriptor.RetiredAsDamaged;

    /// <summary>Whether a participant is there: its open file is, in whatever process. Where that cannot be learnt it counts as there.</summary>
    internal bool IsAlive(int number) => number == Number || SysFile.IsByteLocked(_mapping.File, RingDescriptor.LockOffset + number) != false;

    /// <summary>Gives it up, for all who have it open; the first to do so says how. Its consumer closes it and goes over to a new one.</summary>
    /// <returns>Whether this call did it.</returns>
    internal bool Retire(int how)
    {
        bool isFirst = Interlocked.CompareExchange(ref *(int*)At(RingDescriptor.RetiredOffset), how, RingDescriptor.InUse) == RingDescriptor.InUse;
        WakeConsumer();
        return isFirst;
    }

    private byte* At(int offset) => _mapping.Address + offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong WordAt(ulong units) =>
        ref *(ulong*)(_mapping.Address + RingDescriptor.HeaderBytes + ((long)(units & _unitMask) * RingDescriptor.WordBytes));

    /// <summary>The number of the lap that a position is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint StampAt(ulong units) => (uint)((units & RingPosition.UnitMask) >> _lapShift);

    /// <summary>Copies between a frame and the words from a position on, which may go on at the start.</summary>
    private Span<byte> FirstPart(ulong units, int lengthBytes, out Span<byte> rest)
    {
        byte* data = _mapping.Address + RingDescriptor.HeaderBytes;
        long offset = (long)(units & _unitMask) * RingDescriptor.WordBytes;
        int first = (int)Math.Min(lengthBytes, RingBytes - offset);
        rest = new Span<byte>(data, lengthBytes - first);
        return new Span<byte>(data + offset, first);
    }

    /// <summary>Counts a record in: whoever finds one at the tail does it, for its producer may be dead or asleep.</summary>
    private void HelpTail(RingPosition tail, int units) => Interlocked.CompareExchange(ref TailWord, tail.Behind(units).Value, tail.Value);
}
