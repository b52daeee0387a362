namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// A place in the endless sequence of words that a ring shows a part of, and how many frames lie before it, in one number that is swapped as a whole:
/// 42 bits of words, which last for 32 TiB, and above them 22 bits of frames. Both go on from 0 at their end; differences stay right.
/// </summary>
internal readonly record struct RingPosition(ulong Value)
{
    internal const int UnitBits = 42;
    internal const ulong UnitMask = (1UL << UnitBits) - 1;
    private const ulong FrameMask = (1UL << (64 - UnitBits)) - 1;

    /// <summary>Words before it.</summary>
    internal ulong Units => Value & UnitMask;

    private ulong Frames => Value >> UnitBits;

    /// <summary>Behind one more frame of so many words.</summary>
    internal RingPosition Behind(int units) => new(((Frames + 1) << UnitBits) | ((Units + (uint)units) & UnitMask));

    /// <summary>How many frames lie between an earlier position and this one.</summary>
    internal long FramesSince(RingPosition earlier) => (long)((Frames - earlier.Frames) & FrameMask);

    /// <summary>How many words lie between an earlier position and this one; above those of the ring where they do not belong together.</summary>
    internal static ulong UnitsBetween(ulong earlier, ulong later) => (later - earlier) & UnitMask;
}
