namespace Shared.Protocol.Requests;

/// <summary>
/// The requests whose handlers wait, in the order in which they began, which is that of their ends: one time-out holds for all. Bounded: those
/// that were given up count until their handlers are through, for they take memory as long. Safe on every thread.
/// </summary>
/// <param name="maxCount">How many there may be.</param>
internal sealed class WaitingCalls(int maxCount)
{
    private readonly Lock _gate = new();
    private WaitingCall? _first;
    private WaitingCall? _last;
    private int _open;
    private int _givenUp;

    /// <summary>How many wait for an answer.</summary>
    public int OpenCount => Volatile.Read(ref _open);

    /// <summary>How many were answered with an error while their handlers go on.</summary>
    public int GivenUpCount => Volatile.Read(ref _givenUp);

    /// <summary>Whether no further handler may wait. A handful may slip in beyond the bound, one for each reading thread.</summary>
    public bool IsFull => OpenCount + GivenUpCount >= maxCount;

    /// <summary>Puts one in.</summary>
    public void Add(WaitingCall call)
    {
        lock (_gate)
        {
            call.IsOpen = true;
            call.Previous = _last;
            _ = _last is null ? _first = call : _last.Next = call;
            _last = call;
            Volatile.Write(ref _open, _open + 1);
        }
    }

    /// <summary>A handler is through. True when its request is still to be answered, which is the caller's then.</summary>
    public bool TryEnd(WaitingCall call)
    {
        lock (_gate)
        {
            if (call.IsOpen)
            {
                Remove(call);
                return true;
            }

            Volatile.Write(ref _givenUp, _givenUp - 1);
            return false;
        }
    }

    /// <summary>Takes one out whose time is over; its answer is the caller's. Null when there is none.</summary>
    public WaitingCall? TryGiveUp(long nowNs)
    {
        lock (_gate)
        {
            if (_first is not { } call || nowNs < call.EndsNs)
            {
                return null;
            }

            Remove(call);
            Volatile.Write(ref _givenUp, _givenUp + 1);
            return call;
        }
    }

    private void Remove(WaitingCall call)
    {
        _ = call.Previous is null ? _first = call.Next : call.Previous.Next = call.Next;
        _ = call.Next is null ? _last = call.Previous : call.Next.Previous = call.Previous;
        call.Previous = null;
        call.Next = null;
        call.IsOpen = false;
        Volatile.Write(ref _open, _open - 1);
    }
}
