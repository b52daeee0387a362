using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// One mailbox as this process knows it: the ring that it has at present. Opened when it is first needed; changed when the ring was given up. For any thread, and
/// without a lock: two threads that open at once end up with the ring of one of them.
/// </summary>
internal sealed class RingPort(Mailbox mailbox, RingFiles files, RingResets resets, TransportMetrics metrics, ILogger logger) : IDisposable
{
    // A reader makes a new ring within milliseconds. Who sends meanwhile does not ask the file system for each frame.
    private const int ReopenMs = 10;
    private static readonly TimeSpan s_quietAfter = TimeSpan.FromSeconds(2);

    private readonly LogThrottle _refusedLog = new(TimeSpan.FromSeconds(10));
    private readonly LogThrottle _fullLog = new(TimeSpan.FromSeconds(10));
    private Ring? _ring;
    private long _nextOpenMs;
    private volatile bool _isClosed;
    private volatile RingFault _lastFault;

    internal Mailbox Mailbox => mailbox;

    /// <summary>The ring, if one is open.</summary>
    internal Ring? Current => Volatile.Read(ref _ring);

    /// <summary>Whether it was refused when it was last to be opened, so that nobody can tell what is in it.</summary>
    internal bool IsRefused => Current is null && _lastFault == RingFault.Refused;

    /// <summary>Puts a frame in, or says why not.</summary>
    internal SendStatus TrySend(ReadOnlySpan<byte> frame)
    {
        // The ring can be given up under this call, and be replaced already: once more then.
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Ring? ring = Current ?? Open(make: true, isReader: false);
            if (ring is null)
            {
                return OnClosed();
            }

            if (!ring.TryEnter())
            {
                continue;
            }

            SendStatus status;
            try
            {
                status = ring.TrySend(frame);
                if (status == SendStatus.Full)
                {
                    OnFull(ring);
                }
            }
            finally
            {
                ring.Leave();
            }

            if (status != SendStatus.Gone)
            {
                return status;
            }

            Lose(ring);
        }

        metrics.SendGone();
        return SendStatus.Gone;
    }

    /// <summary>The ring, opened, and with <paramref name="make"/> made if it is not there; null where it is not to be had for now.</summary>
    /// <param name="make">Whether to make it.</param>
    /// <param name="isReader">Whether this is the mailbox's reader, who replaces what was given up and says why it cannot.</param>
    internal Ring? Open(bool make, bool isReader)
    {
        if (Current is { } there)
        {
            return there;
        }

        if (_isClosed || (!isReader && Environment.TickCount64 < Volatile.Read(ref _nextOpenMs)))
        {
            return null;
        }

        RingOpening opening = make ? files.OpenOrMake(mailbox) : files.Open(mailbox);
        if (isReader && opening.Fault is RingFault.Retired or RingFault.Damaged)
        {
            if (opening.Fault == RingFault.Damaged)
            {
                metrics.RingReset();
                RingLog.Damaged(logger, mailbox, opening.Reason);
            }

            files.RemoveGivenUp(mailbox);
            opening = files.OpenOrMake(mailbox);
        }

        return opening.Ring is { } ring ? Publish(ring) : OnNotOpened(opening);
    }

    /// <summary>
    /// Opens the ring for its reader at the start of the daemon; what was left damaged by others is made anew.
    /// </summary>
    /// <exception cref="ResourceRefusedException">It is another's, or cannot be made.</exception>
    internal void OpenAtStart()
    {
        RingOpening opening = files.OpenOrMake(mailbox);
        if (opening.Fault is RingFault.Retired or RingFault.Damaged)
        {
            files.RemoveGivenUp(mailbox);
            opening = files.OpenOrMake(mailbox);
        }

        _ = Publish(opening.Ring ?? throw new ResourceRefusedException(opening.Reason));
    }

    /// <summary>Lets go of a ring that was given up; the next one to need it opens the next one.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="isDamaged">Whether it was found damaged, as what else it may say of itself: then frames are lost, and receivers are told.</param>
    internal void Lose(Ring ring, bool isDamaged = false)
    {
        if (Interlocked.CompareExchange(ref _ring, null, ring) != ring)
        {
            return;
        }

        if (ring.TryEnter())
        {
            isDamaged |= ring.Retired == RingDescriptor.RetiredAsDamaged || !ring.IsIntact;
            ring.Leave();
            if (isDamaged)
            {
                resets.Raise();
            }
        }

        metrics.Reopened();
        ring.Dispose();
    }

    /// <summary>
    /// Looks whether the ring is still what and where it was; called a few times a second. Who has removed its file has given it up for all: nobody new finds it.
    /// </summary>
    /// <param name="hasReader">Whether it is read here: its reader goes over to the next one by itself, when it has read to the end.</param>
    internal void Tend(bool hasReader)
    {
        if (Current is not { } ring || !ring.TryEnter())
        {
            return;
        }

        bool isGivenUp;
        try
        {
            if (!ring.IsIntact)
            {
                _ = ring.Retire(RingDescriptor.RetiredAsDamaged);
            }
            else if (ring.Retired == RingDescriptor.InUse && !files.IsInPlace(mailbox, ring.Identity) && ring.Retire(RingDescriptor.RetiredInOrder))
            {
                RingLog.FileGone(logger, mailbox, files.PathOf(mailbox));
            }

            isGivenUp = ring.Retired != RingDescriptor.InUse;
        }
        finally
        {
            ring.Leave();
        }

        if (isGivenUp && !hasReader)
        {
            Lose(ring);
        }
    }

    /// <summary>Wakes the reader, to look at something else than frames.</summary>
    internal void WakeReader()
    {
        if (Current is { } ring && ring.TryEnter())
        {
            Interlocked.MemoryBarrier();
            ring.WakeConsumer();
            ring.Leave();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isClosed = true;
        Interlocked.Exchange(ref _ring, null)?.Dispose();
    }

    private Ring Publish(Ring ring)
    {
        Ring? first = Interlocked.CompareExchange(ref _ring, ring, null);
        if (first is not null)
        {
            ring.Dispose();
            return first;
        }

        if (_isClosed)
        {
            // Closed in between: whoever closed may not have seen it. Disposal twice does no harm, and who uses it finds it disposed of.
            ring.Dispose();
        }

        return ring;
    }

    private Ring? OnNotOpened(RingOpening opening)
    {
        _lastFault = opening.Fault;
        if (opening.Fault == RingFault.Missing)
        {
            return null;
        }

        Volatile.Write(ref _nextOpenMs, Environment.TickCount64 + ReopenMs);
        if (opening.Fault == RingFault.Refused)
        {
            metrics.OwnerMismatch();
        }

        if (opening.Fault != RingFault.Retired && _refusedLog.TryPass(out long heldBack))
        {
            RingLog.NotOpened(logger, mailbox, opening.Reason, heldBack);
        }

        return null;
    }

    private SendStatus OnClosed()
    {
        switch (_lastFault)
        {
            case RingFault.Refused:
                metrics.SendRefused();
                return SendStatus.Refused;

            // Without memory it does not fit either, and that passes as well.
            // One that was given up is read to its end, and then there is another.
            case RingFault.NoRoom or RingFault.Retired:
                metrics.SendFull();
                return SendStatus.Full;

            default:
                metrics.SendGone();
                return SendStatus.Gone;
        }
    }

    private void OnFull(Ring ring)
    {
        metrics.SendFull();
        if (ring.ConsumerSilence is { } silence && silence > s_quietAfter && _fullLog.TryPass(out long heldBack))
        {
            RingLog.FullAndUnread(logger, mailbox, (long)silence.TotalMilliseconds, heldBack);
        }
    }
}
