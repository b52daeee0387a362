namespace ChatD.Sessions;

/// <summary>
/// Sees to it that one move of a session to another channelD is made at a time, and that the session's lines take effect in their order around it: those
/// that come meanwhile wait, those that its old channelD has refused for it go before them, and neither go before all that were sent have ended. Safe on every
/// thread; its lock is the innermost of all.
/// </summary>
/// <remarks>A line that has to wait for nothing costs three atomic operations. One that was refused goes once more only where none behind it has been run.</remarks>
internal sealed class MoveGate
{
    private const long Moving = 1;
    private const long Waiting = 2;
    private const long OneInWork = 4;
    private const long NextNumber = 1L << 32;

    private readonly Lock _gate = new();

    // From the lowest bit: whether a move is under way, whether lines wait or would have to, how many lines are in work; and from bit 32 on the number of the last line.
    private long _state;

    // In the order of their numbers. Bounded by what a player may have unanswered.
    private LinkedList<WaitingLine>? _lines;
    private TaskCompletionSource? _opened;
    private volatile int _moves;
    private int _lastRun;
    private volatile bool _hasEnded;
    private object? _release;

    /// <summary>Whether a move is under way: then lines wait.</summary>
    public bool IsClosed => (Volatile.Read(ref _state) & Moving) != 0;

    /// <summary>Whether the session ends: then no further move begins, and the present one does not go on.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>How many moves have come to an end.</summary>
    public int MoveCount => _moves;

    /// <summary>A line wants to go. Where it may, it is in work until <see cref="LeaveRun"/> or <see cref="Leave"/>; else it has to <see cref="Wait"/>.</summary>
    /// <param name="number">Its place among the lines of the session, which is that of these calls.</param>
    public bool TryEnter(out int number)
    {
        long state = Interlocked.Add(ref _state, NextNumber + OneInWork);
        number = (int)(state >> 32);
        if ((state & (Moving | Waiting)) == 0)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Whether a line that came later may have been run: then this one must not be any more.</summary>
    public bool IsOvertaken(int number) => Volatile.Read(ref _lastRun) - number > 0;

    /// <summary>A line that was in work is so no more, and may have been run.</summary>
    public void LeaveRun(int number)
    {
        int last = Volatile.Read(ref _lastRun);
        while (number - last > 0)
        {
            int found = Interlocked.CompareExchange(ref _lastRun, number, last);
            if (found == last)
            {
                break;
            }

            last = found;
        }

        Leave();
    }

    /// <summary>A line that was in work is so no more, and was surely not run.</summary>
    public void Leave()
    {
        if (MayRelease(Interlocked.Add(ref _state, -OneInWork)))
        {
            Release();
        }
    }

    /// <summary>Has a line wait for its turn, before those with a later number: when it is sent it is in work.</summary>
    public void Wait(WaitingLine line)
    {
        lock (_gate)
        {
            Add(line);
        }

        if (MayRelease(Volatile.Read(ref _state)))
        {
            Release();
        }
    }

    /// <summary>A line in work was refused unrun, for the session was on its way: it waits for its turn once more, and is in work no more until then.</summary>
    public void WaitAgain(WaitingLine line)
    {
        lock (_gate)
        {
            Add(line);

            // Whoever sends what waits must not send what was typed behind it.
            _release = null;
        }

        Leave();
    }

    /// <summary>Begins a move. Whoever does ends it, by <see cref="Open"/>.</summary>
    /// <returns>False where one is under way, or the session ends.</returns>
    public bool TryClose()
    {
        lock (_gate)
        {
            if (IsClosed || _hasEnded)
            {
                return false;
            }

            Interlocked.Or(ref _state, Moving);
            return true;
        }
    }

    /// <summary>
    /// The move is over. Lines go again when none is in work any more that went before it: those may yet be refused where they were sent, and have to go first.
    /// </summary>
    public void Open()
    {
        TaskCompletionSource? opened;
        lock (_gate)
        {
            _moves++;
            Interlocked.Or(ref _state, Waiting);
            Interlocked.And(ref _state, ~Moving);
            opened = _opened;
            _opened = null;
        }

        opened?.TrySetResult();
        if (MayRelease(Volatile.Read(ref _state)))
        {
            Release();
        }
    }

    /// <summary>Completes when no move is under way.</summary>
    public async Task WhenOpenAsync()
    {
        Task opened;
        lock (_gate)
        {
            if (!IsClosed)
            {
                return;
            }

            _opened ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            opened = _opened.Task;
        }

        await opened;
    }

    /// <summary>The session ends: no move begins any more. Completes when none is under way.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }

        return WhenOpenAsync();
    }

    // Something waits, nothing is in work, and no move is under way.
    private static bool MayRelease(long state) => (uint)state == Waiting;

    private void Add(WaitingLine line)
    {
        _lines ??= [];
        LinkedListNode<WaitingLine>? before = _lines.Last;
        while (before is not null && before.Value.Number - line.Number > 0)
        {
            before = before.Previous;
        }

        _ = before is null ? _lines.AddFirst(line) : _lines.AddAfter(before, line);
        Interlocked.Or(ref _state, Waiting);
    }

    /// <summary>Sends what waits, in its order, until a move begins or one of them is refused in turn. A new one waits meanwhile.</summary>
    private void Release()
    {
        object release = new();
        lock (_gate)
        {
            if (_release is not null || !MayRelease(_state))
            {
                return;
            }

            _release = release;
        }

        while (TakeNextOrEnd(release) is { } line)
        {
            line.Send();
        }
    }

    private WaitingLine? TakeNextOrEnd(object release)
    {
        lock (_gate)
        {
            if (_release != release)
            {
                return null;
            }

            if (IsClosed)
            {
                _release = null;
                return null;
            }

            if (_lines?.First?.Value is not { } line)
            {
                Interlocked.And(ref _state, ~Waiting);
                _release = null;
                return null;
            }

            _lines.RemoveFirst();
            Interlocked.Add(ref _state, OneInWork);
            return line;
        }
    }
}
