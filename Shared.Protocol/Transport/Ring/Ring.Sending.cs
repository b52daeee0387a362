using System.Runtime.CompilerServices;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// This part: sending. A claim is made by swapping the free word at the tail for one that names the producer and the length; with that it is a record that
/// everybody can read and pass over, wherever its producer is stopped or dies. The tail is a help to find the next free word, and anybody moves it on.
/// </summary>
internal sealed unsafe partial class Ring
{
    // A turn fails only where another producer has made progress; so many in a row are no accident.
    private const int MaxTurns = 10_000;

    private ulong _cachedHead;

    /// <summary>Puts a frame in, and wakes the consumer where it sleeps. Inside only; for any thread.</summary>
    /// <returns>
    /// <see cref="SendStatus.Gone"/> where the ring was given up, also while this ran: then the frame is not in it, and never will be.
    /// </returns>
    internal SendStatus TrySend(ReadOnlySpan<byte> frame)
    {
        SendStatus status = TryClaim(frame.Length, out RingClaim claim);
        return status != SendStatus.Sent ? status
            : Commit(claim, frame) ? SendStatus.Sent
            : SendStatus.Gone;
    }

    /// <summary>Claims room for a frame: the first half of <see cref="TrySend"/>.</summary>
    internal SendStatus TryClaim(int lengthBytes, out RingClaim claim)
    {
        claim = default;
        if (lengthBytes > MaxFrameBytes)
        {
            return SendStatus.TooLarge;
        }

        int units = RingDescriptor.UnitsOf(lengthBytes);
        for (int turn = 0; turn < MaxTurns; turn++)
        {
            RingPosition tail = new(Volatile.Read(ref TailWord));
            if (Retired != RingDescriptor.InUse)
            {
                return SendStatus.Gone;
            }

            ulong used = RingPosition.UnitsBetween(Volatile.Read(ref _cachedHead), tail.Units);
            if (used + (uint)units > Units)
            {
                ulong head = Volatile.Read(ref HeadWord);
                Volatile.Write(ref _cachedHead, head);
                used = RingPosition.UnitsBetween(head, tail.Units);
                if (used <= Units && used + (uint)units > Units)
                {
                    return SendStatus.Full;
                }

                if (used > Units)
                {
                    // The head is beyond this tail: it was read long ago. Unless it is still the tail, and then one of both is wrong.
                    if (Volatile.Read(ref TailWord) == tail.Value)
                    {
                        return Damaged();
                    }

                    continue;
                }
            }

            ulong free = RingWord.Free(StampAt(tail.Units));
            ulong found = Volatile.Read(ref WordAt(tail.Units));
            if (found == free)
            {
                ulong mine = RingWord.Of(RingWord.StampOf(free), RingRecordState.Claimed, Number, lengthBytes);
                if (Interlocked.CompareExchange(ref WordAt(tail.Units), mine, free) == free)
                {
                    HelpTail(tail, units);
                    claim = new RingClaim(tail.Units, mine);
                    return SendStatus.Sent;
                }
            }
            else if (!TryPassRecord(tail, found))
            {
                return RingWord.IsClosed(found) ? SendStatus.Gone : Damaged();
            }
        }

        return SendStatus.Full;
    }

    /// <summary>Copies the frame and hands it over: the second half of <see cref="TrySend"/>. False where the claim was taken away.</summary>
    internal bool Commit(in RingClaim claim, ReadOnlySpan<byte> frame)
    {
        Span<byte> first = FirstPart(claim.Units + 1, frame.Length, out Span<byte> rest);
        frame[..first.Length].CopyTo(first);
        frame[first.Length..].CopyTo(rest);

        // A full fence: the bytes are there before the word says so, and the word before the look at whether the consumer sleeps.
        bool isMine = Interlocked.CompareExchange(
            ref WordAt(claim.Units), RingWord.With(claim.Word, RingRecordState.Committed), claim.Word) == claim.Word;
        WakeConsumer();
        return isMine;
    }

    /// <summary>Moves the tail behind a record that another has claimed there; false where there can be no record like it.</summary>
    private bool TryPassRecord(RingPosition tail, ulong found)
    {
        if (RingWord.StampOf(found) == StampAt(tail.Units)
            && RingWord.StateOf(found) != RingRecordState.Free
            && RingWord.LengthOf(found) <= MaxFrameBytes)
        {
            HelpTail(tail, RingDescriptor.UnitsOf(RingWord.LengthOf(found)));
            return true;
        }

        // The tail has moved on, and the word is one of a later lap.
        return Volatile.Read(ref TailWord) != tail.Value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendStatus Damaged()
    {
        Retire(RingDescriptor.RetiredAsDamaged);
        return SendStatus.Gone;
    }
}
