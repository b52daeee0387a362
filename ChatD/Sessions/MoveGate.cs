namespace ChatD.Sessions;

/// <summary>
/// Sees to it that one move of a session to another channelD is made at a time, and keeps the session's lines waiting meanwhile, in the order in
/// which they came. Safe on every thread; its lock is the innermost of all.
/// </summary>
internal sealed class MoveGate
{
    private readonly Lock _gate = new();
    private Queue<WaitingLine>? _lines;
    private TaskCompletionSource? _opened;
    private volatile bool _isClosed;
    private volatile bool _hasEnded;

    /// <summary>Whether a move is under way: then lines wait.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Whether the session ends: then no further move begins, and the present one does not go on.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Begins a move. Whoever does ends it, by <see cref="TakeLineOrOpen"/>, until that is null.</summary>
    /// <returns>False where one is under way, or the session ends.</returns>
    public bool TryClose()
    {
        lock (_gate)
        {
            if (_isClosed || _hasEnded)
            {
                return false;
            }

            _isClosed = true;
            return true;
        }
    }

    /// <summary>Has a line wait for the end of the move. False where none is under way: then the line goes at once.</summary>
    public bool TryWait(WaitingLine line)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                return false;
            }

            // Bounded by what a player may have unanswered.
            _lines ??= new Queue<WaitingLine>();
            _lines.Enqueue(line);
            return true;
        }
    }

    /// <summary>
    /// The line that is to go next; null when none waits, and with that the move is over. No line overtakes: a new one waits until those before
    /// it have been taken.
    /// </summary>
    public WaitingLine? TakeLineOrOpen()
    {
        TaskCompletionSource? opened;
        lock (_gate)
        {
            if (_lines is not null && _lines.TryDequeue(out WaitingLine? line))
            {
                return line;
            }

            _isClosed = false;
            opened = _opened;
            _opened = null;
        }

        opened?.TrySetResult();
        return null;
    }

    /// <summary>Completes when no move is under way.</summary>
    public async Task WhenOpenAsync()
    {
        Task opened;
        lock (_gate)
        {
            if (!_isClosed)
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
}
