using ChatD.Connections;
using Shared.Protocol.Messages;
using Shared.Protocol.Requests;

namespace ChatD.Events;

/// <summary>
/// What one session is shown without having asked: numbered from 1 without gaps over all its connections. While it has none, or has not been greeted
/// there, events are kept; then it gets those it has missed, in order, and behind them what is new. Never waits; safe on every thread.
/// </summary>
/// <remarks>Its lock is taken behind that of the stay, and before that of the <see cref="OutgoingFrames"/>; nothing is written under it.</remarks>
/// <param name="language">The language in which the player reads.</param>
/// <param name="isResumable">Whether events are kept also when they were sent.</param>
/// <param name="clock">The clock of the events' age.</param>
internal sealed class SessionEvents(Language language, bool isResumable, MonotonicClock clock)
{
    private readonly Lock _gate = new();
    private KeptEvents? _kept;
    private OutgoingFrames? _outgoing;
    private ulong _lastNumber;
    private bool _wasOpen;
    private bool _isOver;

    /// <summary>Gives the session an event: it is added to what goes to its connection, or kept.</summary>
    /// <returns>False where the session has ended.</returns>
    public bool TryGive(SharedEvent given)
    {
        OutgoingFrames? outgoing;
        bool hasRoom;
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            outgoing = _outgoing;
            hasRoom = Add(given);
        }

        Send(outgoing, hasRoom);
        return true;
    }

    /// <summary>Tells the player that something was lost, in the place where it would have come; not one who has not been greeted yet.</summary>
    /// <param name="mark">What tells him.</param>
    public void Miss(SharedEvent mark)
    {
        lock (_gate)
        {
            if (!_wasOpen)
            {
                return;
            }
        }

        _ = TryGive(mark);
    }

    /// <summary>A client that has events up to a number is about to be greeted.</summary>
    /// <returns>What it is to be told of losses: see <see cref="KeptEvents.LastLostNumber"/>.</returns>
    public ulong Prepare(ulong lastNumber)
    {
        lock (_gate)
        {
            _kept?.Confirm(lastNumber);
            _kept?.RemoveOld(clock.NowNs);
            return _kept?.LastLostNumber ?? 0;
        }
    }

    /// <summary>
    /// The client was greeted: it gets what it has missed, and what comes from now on. The caller flushes. Whatever room pushed out of what is kept
    /// since <see cref="Prepare"/>, the client misses in the numbers.
    /// </summary>
    public void Open(OutgoingFrames outgoing)
    {
        bool hasRoom = true;
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _outgoing = outgoing;
            _wasOpen = true;
            if (_kept is { Count: > 0 } kept)
            {
                hasRoom = AddAll(outgoing, kept.ToArray());
            }

            _kept = isResumable ? _kept : null;
        }

        if (!hasRoom)
        {
            outgoing.CutOff();
        }
    }

    /// <summary>The client has the events up to a number: they need not be kept.</summary>
    public void Confirm(ulong lastNumber)
    {
        if (lastNumber == 0)
        {
            return;
        }

        lock (_gate)
        {
            _kept?.Confirm(lastNumber);
        }
    }

    /// <summary>Nothing more goes to a connection, if it is the one to which it goes.</summary>
    public void Close(OutgoingFrames outgoing)
    {
        lock (_gate)
        {
            _outgoing = _outgoing == outgoing ? null : _outgoing;
        }
    }

    /// <summary>The session has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            _outgoing = null;
            _kept = null;
        }
    }

    private static void Send(OutgoingFrames? outgoing, bool hasRoom)
    {
        if (!hasRoom)
        {
            // He reads too slowly for what is pushed to him. The others are not held up for him; if he comes back, he finds it kept.
            outgoing?.CutOff();
            return;
        }

        outgoing?.Flush();
    }

    private bool Add(SharedEvent given)
    {
        _lastNumber++;
        if (isResumable || _outgoing is null)
        {
            (_kept ??= new KeptEvents()).Add(new KeptEvent(_lastNumber, given));
        }

        return _outgoing?.TryAdd(given.FrameIn(language), _lastNumber) ?? true;
    }

    private bool AddAll(OutgoingFrames outgoing, KeptEvent[] missed)
    {
        // What was kept for the player while he was away is not his fault.
        outgoing.AllowMore(missed.Sum(one => one.Event.FrameIn(language).Length));
        bool hasRoom = true;
        foreach (KeptEvent one in missed)
        {
            hasRoom = hasRoom && outgoing.TryAdd(one.Event.FrameIn(language), one.Number);
        }

        return hasRoom;
    }
}
