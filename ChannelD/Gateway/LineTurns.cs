using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ChannelD.Directory;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace ChannelD.Gateway;

/// <summary>
/// Has the lines of a session take effect in the order in which they came: one that comes while an earlier one waits (for what is kept, for other channels)
/// is run when that one is through. Sessions do not wait for each other, and where nobody waits a line costs one look at a number. For any thread.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A line whose time is over while it is held is never run: its answer is Busy <c>overloaded</c>. Its time ends before the watchdog of its request would
/// answer in its place, and at the request's deadline at the latest.</item>
/// <item>A line that waits for as long as handlers may is waited for no longer: its player has been told so, and the next ones are run.</item>
/// <item>Bounded: of the lines that may be held a session may hold no more than are left for the others.</item>
/// </list>
/// </remarks>
internal sealed class LineTurns : IDisposable
{
    /// <summary>How many lines may be held; half of the handlers that may wait.</summary>
    internal const int MaxHeld = 2048;

    // A held line gives up within three quarters of a handler's time, and one look of the timer after that at the latest.
    private const int LooksPerTimeout = 8;
    private const int LooksPerHold = 6;
    private const long NsPerMs = 1_000_000;

    private readonly GameChannel _game;
    private readonly MonotonicClock _clock;
    private readonly long _handlerTimeoutNs;
    private readonly TimeSpan _look;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionId, LineTurn> _turns = [];
    private int _turnCount;
    private int _heldCount;
    private bool _isLooking;
    private bool _isOver;

    /// <summary>Makes it, with nobody waiting.</summary>
    /// <param name="game">Runs the lines. Not owned.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handlerTimeoutMs">How long a handler may wait, in milliseconds; see <see cref="RequestServerOptions.HandlerTimeoutMs"/>.</param>
    public LineTurns(GameChannel game, TimeProvider time, int handlerTimeoutMs)
    {
        _game = game;
        _clock = new MonotonicClock(time);
        _handlerTimeoutNs = handlerTimeoutMs * NsPerMs;
        _look = TimeSpan.FromMilliseconds((double)handlerTimeoutMs / LooksPerTimeout);
        _timer = time.CreateTimer(static turns => ((LineTurns)turns!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many lines are held.</summary>
    internal int HeldCount => Volatile.Read(ref _heldCount);

    /// <summary>Runs a line, or has it wait for the one before it. Lines of one session are to be handed in one after the other.</summary>
    /// <param name="session">Whose line it is.</param>
    /// <param name="request">The line.</param>
    /// <param name="deadlineNs">When its asker stops waiting, in nanoseconds of the monotonic clock; 0 for never.</param>
    public ValueTask<ResultBody<CommandResult>> RunAsync(SessionId session, in CommandRequest request, long deadlineNs)
    {
        if (Volatile.Read(ref _turnCount) != 0 && TryHold(session, request, deadlineNs, out Task<ResultBody<CommandResult>>? held))
        {
            return new ValueTask<ResultBody<CommandResult>>(held);
        }

        ValueTask<ResultBody<CommandResult>> running = _game.RunAsync(session, request, out bool holdsNext);
        return holdsNext ? BeginAsync(session, running) : running;
    }

    /// <summary>Nothing is run any more: what is held is refused.</summary>
    public void Dispose()
    {
        List<HeldLine> refused = [];
        lock (_gate)
        {
            _isOver = true;
            foreach (LineTurn turn in _turns.Values)
            {
                refused.AddRange(turn.Held);
                turn.Held.Clear();
            }

            Volatile.Write(ref _heldCount, 0);
        }

        _timer.Dispose();
        refused.ForEach(Refuse);
    }

    private static void Refuse(HeldLine line) => line.TrySetResult(ResultBody<CommandResult>.Busy(OutcomeCodes.Overloaded));

    private bool TryHold(SessionId session, in CommandRequest request, long deadlineNs, [NotNullWhen(true)] out Task<ResultBody<CommandResult>>? held)
    {
        held = null;
        HeldLine line;
        bool isRefused;
        lock (_gate)
        {
            if (!_turns.TryGetValue(session, out LineTurn? turn))
            {
                return false;
            }

            long nowNs = _clock.NowNs;
            if (turn.Held.Count == 0 && nowNs >= turn.EndsNs)
            {
                GiveUp(turn);
                return false;
            }

            long untilNs = nowNs + (_handlerTimeoutNs / LooksPerTimeout * LooksPerHold);
            line = new HeldLine(request, deadlineNs == 0 ? untilNs : Math.Min(untilNs, deadlineNs), Activity.Current);
            isRefused = _isOver || turn.Held.Count >= MaxHeld - _heldCount;
            if (!isRefused)
            {
                turn.Held.AddLast(line);
                Volatile.Write(ref _heldCount, _heldCount + 1);
                LookLater();
            }
        }

        if (isRefused)
        {
            Refuse(line);
        }

        held = line.Task;
        return true;
    }

    private ValueTask<ResultBody<CommandResult>> BeginAsync(SessionId session, ValueTask<ResultBody<CommandResult>> running)
    {
        var turn = new LineTurn(session) { EndsNs = _clock.NowNs + _handlerTimeoutNs };
        lock (_gate)
        {
            if (!_turns.TryAdd(session, turn))
            {
                // A handler that did not return has lost its thread, and the next thread was here first.
                return running;
            }

            Volatile.Write(ref _turnCount, _turns.Count);
        }

        var answer = new TaskCompletionSource<ResultBody<CommandResult>>();
        _ = TakeTurnsAsync(turn, running, answer);
        return new ValueTask<ResultBody<CommandResult>>(answer.Task);
    }

    /// <summary>Hands the answer of the line that is being waited for on, then runs those behind it, one after the other.</summary>
    private async Task TakeTurnsAsync(
        LineTurn turn, ValueTask<ResultBody<CommandResult>> running, TaskCompletionSource<ResultBody<CommandResult>> answer)
    {
        while (true)
        {
            await PassOnAsync(running, answer);
            HeldLine? next;
            do
            {
                if ((next = TakeNextOrEnd(turn)) is null)
                {
                    return;
                }
            }
            while (!TryStart(next, turn.Session, out running));
            answer = next;
        }
    }

    /// <summary>Its answer has left when this ends, before the next line is run: whoever awaits it goes on inline.</summary>
    private static async Task PassOnAsync(ValueTask<ResultBody<CommandResult>> running, TaskCompletionSource<ResultBody<CommandResult>> answer)
    {
        ResultBody<CommandResult> body;
        try
        {
            body = await running;
        }
#pragma warning disable CA1031 // It is told to whoever waits for the line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answer.TrySetException(exception);
            return;
        }

        answer.TrySetResult(body);
    }

    /// <summary>Runs a line whose turn it is.</summary>
    /// <returns>Whether the next one is to wait for it; else it is seen to.</returns>
    private bool TryStart(HeldLine line, SessionId session, out ValueTask<ResultBody<CommandResult>> running)
    {
        running = default;
        if (_clock.NowNs >= line.UntilNs)
        {
            Refuse(line);
            return false;
        }

        if (!_game.Knows(session))
        {
            // It has left meanwhile: what it typed goes after it.
            line.TrySetResult(ResultBody<CommandResult>.Busy(OutcomeCodes.UnknownSession));
            return false;
        }

        Activity? before = Activity.Current;
        Activity.Current = line.Span;
        try
        {
            running = _game.RunAsync(session, line.Request, out bool holdsNext);
            if (holdsNext)
            {
                return true;
            }
        }
#pragma warning disable CA1031 // Told to whoever waits for the line, as what its task throws is; the lines behind it have their turn.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            line.TrySetException(exception);
            return false;
        }
        finally
        {
            Activity.Current = before;
        }

        _ = PassOnAsync(running, line);
        return false;
    }

    private HeldLine? TakeNextOrEnd(LineTurn turn)
    {
        lock (_gate)
        {
            if (turn.IsGivenUp)
            {
                return null;
            }

            if (turn.Held.First?.Value is { } next)
            {
                turn.Held.RemoveFirst();
                Volatile.Write(ref _heldCount, _heldCount - 1);
                turn.EndsNs = _clock.NowNs + _handlerTimeoutNs;
                return next;
            }

            GiveUp(turn);
            return null;
        }
    }

    private void GiveUp(LineTurn turn)
    {
        turn.IsGivenUp = true;
        _turns.Remove(turn.Session);
        Volatile.Write(ref _turnCount, _turns.Count);
    }

    // Only while something is held.
    private void LookLater()
    {
        if (!_isLooking && !_isOver)
        {
            _isLooking = true;
            _timer.Change(_look, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        List<HeldLine> refused = [];
        List<LineTurn> freed = [];
        lock (_gate)
        {
            _isLooking = false;
            long nowNs = _clock.NowNs;
            foreach (LineTurn turn in _turns.Values)
            {
                TakeOverdue(turn.Held, nowNs, refused);
                if (turn.Held.Count > 0 && nowNs >= turn.EndsNs)
                {
                    freed.Add(turn);
                }
            }

            Volatile.Write(ref _heldCount, _heldCount - refused.Count);
            for (int i = 0; i < freed.Count; i++)
            {
                freed[i] = Replace(freed[i]);
            }

            if (_heldCount > 0)
            {
                LookLater();
            }
        }

        refused.ForEach(Refuse);
        freed.ForEach(turn => _ = TakeTurnsAsync(turn, default, new TaskCompletionSource<ResultBody<CommandResult>>()));
    }

    private static void TakeOverdue(LinkedList<HeldLine> lines, long nowNs, List<HeldLine> overdue)
    {
        for (LinkedListNode<HeldLine>? node = lines.First; node is not null;)
        {
            LinkedListNode<HeldLine>? next = node.Next;
            if (nowNs >= node.Value.UntilNs)
            {
                overdue.Add(node.Value);
                lines.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>What is held goes on without the line that was waited for.</summary>
    private LineTurn Replace(LineTurn turn)
    {
        var next = new LineTurn(turn.Session) { EndsNs = _clock.NowNs + _handlerTimeoutNs };
        foreach (HeldLine line in turn.Held)
        {
            next.Held.AddLast(line);
        }

        turn.Held.Clear();
        turn.IsGivenUp = true;
        _turns[turn.Session] = next;
        return next;
    }
}
