namespace ChatClient.Conversation;

/// <summary>
/// The lines whose answers are due, oldest first, and never more than a bound: at the bound the input is not read on.
/// Lines that this client refused itself wait among them, so that all results are shown in the order of the input.
/// One task adds, one task takes.
/// </summary>
public sealed class OutstandingLines : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<OutstandingLine> _lines = new();
    private readonly SemaphoreSlim _room;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isComplete;

    /// <summary>Holds at most <paramref name="bound"/> lines, from 1.</summary>
    public OutstandingLines(int bound) => _room = new SemaphoreSlim(bound, bound);

    /// <summary>Completes when no more lines come and none is left.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Takes a place for one more line if there is one at once.</summary>
    public bool TryTakeRoom() => _room.Wait(0, CancellationToken.None);

    /// <summary>Waits for a place for one more line.</summary>
    public Task TakeRoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>Adds a line to whose place the caller is entitled.</summary>
    public void Add(in OutstandingLine line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
        }
    }

    /// <summary>Looks at the oldest line.</summary>
    public bool TryPeek(out OutstandingLine line)
    {
        lock (_gate)
        {
            return _lines.TryPeek(out line);
        }
    }

    /// <summary>The highest number of a line; 0 where none has one.</summary>
    public ulong LastLineId
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count == 0 ? 0 : _lines.Max(static line => line.LineId);
            }
        }
    }

    /// <summary>Gives the lines that were sent, or are to be, numbers from 1: they go to another session.</summary>
    public void Renumber()
    {
        lock (_gate)
        {
            ulong lineId = 0;
            for (int count = _lines.Count; count > 0; count--)
            {
                OutstandingLine line = _lines.Dequeue();
                _lines.Enqueue(line.Fault is null ? line with { LineId = ++lineId } : line);
            }
        }
    }

    /// <summary>All lines, oldest first.</summary>
    public OutstandingLine[] ToArray()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }

    /// <summary>Takes the oldest line, and gives its place free.</summary>
    public bool TryTake(out OutstandingLine line)
    {
        bool isDrained;
        lock (_gate)
        {
            if (!_lines.TryDequeue(out line))
            {
                return false;
            }

            isDrained = _isComplete && _lines.Count == 0;
        }

        _room.Release();
        if (isDrained)
        {
            _drained.TrySetResult();
        }

        return true;
    }

    /// <summary>Says that no more lines come.</summary>
    public void Complete()
    {
        bool isDrained;
        lock (_gate)
        {
            _isComplete = true;
            isDrained = _lines.Count == 0;
        }

        if (isDrained)
        {
            _drained.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();
}
