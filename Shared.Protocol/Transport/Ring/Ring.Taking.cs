namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// This part: taking. The word of the consumer says which participant takes at this moment. It is held for one record only, and never while a frame is with its
/// receiver: so a thread that hangs there can be replaced, and what is left by a dead reader can be thrown away by another process.
/// <para>
/// <c>read</c> moves on before the space is freed, and <c>head</c> after: whoever takes over from a consumer that died in between finds that one frame is
/// taken, and frees its space. So no frame is taken twice, and none is altered.
/// </para>
/// <para>
/// A frame is copied out before anybody looks into it: its producer, if hostile, could change the bytes between the look and the use.
/// </para>
/// </summary>
internal sealed unsafe partial class Ring
{
    private ref int ConsumerWord => ref *(int*)At(RingDescriptor.ConsumerOffset);

    /// <summary>Whether there is something to take, or something wrong. Costs one look into the memory; for spinning, and before sleeping.</summary>
    internal bool HasFrame
    {
        get
        {
            ulong units = new RingPosition(Volatile.Read(ref ReadWord)).Units;
            ulong found = Volatile.Read(ref WordAt(units));

            // Free, or claimed and not committed: whoever commits wakes.
            return RingWord.StampOf(found) != StampAt(units) || RingWord.StateOf(found) is RingRecordState.Committed or RingRecordState.Skipped;
        }
    }

    /// <summary>Takes the next frame. Inside only.</summary>
    /// <param name="buffer">Takes its bytes; at least <see cref="MaxFrameBytes"/> long, or empty: then they are dropped.</param>
    /// <param name="lengthBytes">How many it has. With <see cref="RingTake.Pending"/> the number of its producer.</param>
    internal RingTake TryTake(Span<byte> buffer, out int lengthBytes)
    {
        lengthBytes = 0;
        if (!TryBeConsumer())
        {
            return RingTake.Busy;
        }

        try
        {
            return Take(buffer, out lengthBytes);
        }
        finally
        {
            Volatile.Write(ref ConsumerWord, 0);
        }
    }

    /// <summary>Takes a claim away from its producer, which is dead or stands still, so that those behind it are read. False where it was committed meanwhile.</summary>
    internal bool SkipPending()
    {
        ulong units = new RingPosition(Volatile.Read(ref ReadWord)).Units;
        ref ulong word = ref WordAt(units);
        ulong found = Volatile.Read(ref word);
        return RingWord.StampOf(found) == StampAt(units)
            && RingWord.StateOf(found) == RingRecordState.Claimed
            && Interlocked.CompareExchange(ref word, RingWord.With(found, RingRecordState.Skipped), found) == found;
    }

    /// <summary>
    /// Closes a ring that was given up: nobody claims in it any more. What was committed can still be taken, up to <see cref="RingTake.Closed"/>.
    /// </summary>
    internal void Close()
    {
        RingPosition position = new(Volatile.Read(ref ReadWord));
        for (ulong seen = 0; seen <= Units;)
        {
            uint stamp = StampAt(position.Units);
            ref ulong word = ref WordAt(position.Units);
            ulong found = Interlocked.CompareExchange(ref word, RingWord.Closed(stamp), RingWord.Free(stamp));
            if (found == RingWord.Free(stamp) || RingWord.StampOf(found) != stamp || RingWord.LengthOf(found) > MaxFrameBytes)
            {
                // Closed now, closed before, or too damaged to be read to its end.
                return;
            }

            int units = RingDescriptor.UnitsOf(RingWord.LengthOf(found));
            position = position.Behind(units);
            seen += (uint)units;
        }
    }

    /// <summary>Shows that somebody reads.</summary>
    internal void Beat() => Volatile.Write(ref *(long*)At(RingDescriptor.HeartbeatOffset), MonotonicMs);

    /// <summary>
    /// Settles what the last holder of this participant's number has left behind, who is dead: otherwise his claims would count as this one's, who lives.
    /// </summary>
    internal void SettleOwnNumber()
    {
        if (Interlocked.CompareExchange(ref ConsumerWord, 0, Number) == Number)
        {
            WakeConsumer();
        }

        RingPosition position = new(Volatile.Read(ref ReadWord));
        for (ulong seen = 0; seen <= 2 * Units;)
        {
            ref ulong word = ref WordAt(position.Units);
            ulong found = Volatile.Read(ref word);
            if (found == RingWord.Free(StampAt(position.Units)) || RingWord.LengthOf(found) > MaxFrameBytes)
            {
                break;
            }

            int units = 1;
            if (RingWord.StampOf(found) != StampAt(position.Units))
            {
                // The consumer has gone over it meanwhile, or it is damaged, which others find out.
                position = new(Volatile.Read(ref ReadWord));
            }
            else
            {
                if (RingWord.StateOf(found) == RingRecordState.Claimed && RingWord.ProducerOf(found) == Number)
                {
                    Interlocked.CompareExchange(ref word, RingWord.With(found, RingRecordState.Skipped), found);
                }

                units = RingDescriptor.UnitsOf(RingWord.LengthOf(found));
                position = position.Behind(units);
            }

            seen += (uint)units;
        }

        WakeConsumer();
    }

    private bool TryBeConsumer()
    {
        int holder = Interlocked.CompareExchange(ref ConsumerWord, Number, 0);
        if (holder == 0)
        {
            return true;
        }

        // Another thread of this participant has it for an instant (a replaced one never does), or another process; unless that died with it.
        return holder != Number && !IsAlive(holder) && Interlocked.CompareExchange(ref ConsumerWord, Number, holder) == holder;
    }

    private RingTake Take(Span<byte> buffer, out int lengthBytes)
    {
        lengthBytes = 0;
        for (ulong seen = 0; seen <= Units;)
        {
            RingPosition read = new(Volatile.Read(ref ReadWord));
            if (!TryFree(read, out bool isAtEnd))
            {
                return RingTake.Damaged;
            }

            if (isAtEnd)
            {
                return RingTake.Closed;
            }

            uint stamp = StampAt(read.Units);
            ulong found = Volatile.Read(ref WordAt(read.Units));
            int length = RingWord.LengthOf(found);
            if (found == RingWord.Free(stamp))
            {
                return RingTake.Empty;
            }

            if (found == RingWord.Closed(stamp))
            {
                return RingTake.Closed;
            }

            if (RingWord.StampOf(found) != stamp || length > MaxFrameBytes || RingWord.StateOf(found) == RingRecordState.Free)
            {
                return RingTake.Damaged;
            }

            if (RingWord.StateOf(found) == RingRecordState.Claimed)
            {
                lengthBytes = RingWord.ProducerOf(found);
                return RingTake.Pending;
            }

            int units = RingDescriptor.UnitsOf(length);
            bool isFrame = RingWord.StateOf(found) == RingRecordState.Committed;
            if (isFrame && !buffer.IsEmpty)
            {
                Span<byte> first = FirstPart(read.Units + 1, length, out Span<byte> rest);
                first.CopyTo(buffer);
                rest.CopyTo(buffer[first.Length..]);
            }

            Pass(read, units);
            if (isFrame)
            {
                lengthBytes = length;
                return RingTake.Frame;
            }

            seen += (uint)units;
        }

        return RingTake.Damaged;
    }

    private void Pass(RingPosition read, int units)
    {
        // A producer that died right after its claim has not counted it in; the tail must not stay behind what was read.
        RingPosition tail = new(Volatile.Read(ref TailWord));
        if (tail.Units == read.Units)
        {
            HelpTail(tail, units);
        }

        RingPosition next = read.Behind(units);
        Volatile.Write(ref ReadWord, next.Value);
        _ = TryFree(next, out _);
    }

    /// <summary>
    /// Makes everything before a position free for the next lap. Not in a ring that was given up: there a producer may still write to a record that was taken
    /// away from it, so nobody else must ever have that space. One that was full then ends a lap behind its head.
    /// </summary>
    /// <returns>False where head and position do not belong together.</returns>
    private bool TryFree(RingPosition read, out bool isAtEnd)
    {
        isAtEnd = false;
        ulong head = Volatile.Read(ref HeadWord) & RingPosition.UnitMask;
        ulong taken = RingPosition.UnitsBetween(head, read.Units);
        if (taken == 0)
        {
            return true;
        }

        if (taken > Units)
        {
            return false;
        }

        if (Retired != RingDescriptor.InUse)
        {
            isAtEnd = taken == Units;
            return true;
        }

        // Up to the end of the records, and then from their start: each part is of one lap, and is stamped for the next.
        ulong toEnd = Math.Min(taken, Units - (head & _unitMask));
        Fill(head, toEnd);
        Fill(head + toEnd, taken - toEnd);
        Volatile.Write(ref HeadWord, read.Units);
        return true;
    }

    private void Fill(ulong from, ulong units)
    {
        if (units > 0)
        {
            fixed (ulong* first = &WordAt(from))
            {
                new Span<ulong>(first, (int)units).Fill(RingWord.Free(StampAt(from + Units)));
            }
        }
    }
}
