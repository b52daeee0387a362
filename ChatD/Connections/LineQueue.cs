using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>
/// The lines of one player that have no answer yet. They run side by side, and are answered in the order in which they came.
/// </summary>
/// <param name="outgoing">Takes the answers. Not owned.</param>
/// <param name="maxLines">How many lines may be without an answer.</param>
internal sealed class LineQueue(OutgoingFrames outgoing, int maxLines) : IDisposable
{
    private readonly SemaphoreSlim _room = new(maxLines, maxLines);

    // Guards what follows. Never held while an answer is written.
    private readonly Lock _gate = new();
    private readonly Queue<PendingLine> _lines = new();
    private bool _isAnswering;
    private TaskCompletionSource? _emptied;

    /// <summary>Takes a line in, once there is room for it.</summary>
    public async ValueTask<PendingLine> EnterAsync(ulong lineId, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        var line = new PendingLine(lineId);
        lock (_gate)
        {
            _lines.Enqueue(line);
        }

        return line;
    }

    /// <summary>Gives a line its answer, and sends all answers whose turn has come.</summary>
    public void Answer(PendingLine line, in ServerResult answer)
    {
        lock (_gate)
        {
            line.SetAnswer(answer);
            if (_isAnswering)
            {
                return;
            }

            _isAnswering = true;
        }

        while (TryTakeNext(out ServerResult next))
        {
            try
            {
                outgoing.Add(next);
            }
            catch
            {
                // An answer that cannot be written must not keep the later ones, and with them the end of the connection, waiting for ever.
                lock (_gate)
                {
                    _isAnswering = false;
                }

                throw;
            }
            finally
            {
                _room.Release();
            }
        }

        outgoing.Flush();
    }

    /// <summary>Completes when no line is without an answer.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
        {
            if (_lines.Count == 0 && !_isAnswering)
            {
                return Task.CompletedTask;
            }

            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private bool TryTakeNext(out ServerResult answer)
    {
        lock (_gate)
        {
            if (_lines.TryPeek(out PendingLine? first) && first.Answer is { } ready)
            {
                _ = _lines.Dequeue();
                answer = ready;
                return true;
            }

            answer = default;
            _isAnswering = false;
            if (_lines.Count == 0)
            {
                _emptied?.TrySetResult();
                _emptied = null;
            }

            return false;
        }
    }
}
