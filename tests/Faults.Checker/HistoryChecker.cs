using Faults.Checker.History;
using Faults.Checker.Rules;

namespace Faults.Checker;

/// <summary>
/// Judges a history record by record, in the order of time, and forgets each request some time after its end: so a history of any length
/// can be judged in little memory. For one thread at a time.
/// <para>
/// Of the ten invariants of a chaos run it holds those that show in a history: 1, 2, 3, 4, 5, 7, 8 and 9. That no thread waits without a
/// deadline (6) and that no raw input gets through (10) is shown by tests of their own.
/// </para>
/// </summary>
public sealed class HistoryChecker
{
    private readonly CheckContext _context;
    private readonly RecoveryInTime _recovery = new();
    private readonly IInvariant[] _invariants;
    private readonly Dictionary<long, TrackedRequest> _byNumber = [];
    private readonly Queue<TrackedRequest> _inOrder = new();
    private readonly Dictionary<EndKind, long> _ended = [];
    private long _asked;
    private long _executed;
    private long _excused;
    private long _nowNs = long.MinValue;

    /// <summary>Makes a checker that has seen nothing.</summary>
    public HistoryChecker(CheckerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _context = new CheckContext(options);
        _invariants =
        [
            new ExactlyOneOutcome(),
            new OwnAnswersOnly(),
            new ExecutedAsTold(),
            new ExecutedInTime(),
            new OrderOfSender(),
            new NothingWaitsAtRest(),
            new NoUpwardSlope(),
            _recovery,
            new EarlierRunsAreInert(),
        ];
    }

    /// <summary>How many requests it remembers at present.</summary>
    public int RememberedCount => _byNumber.Count;

    /// <summary>Takes the next record.</summary>
    /// <exception cref="ArgumentException">It is earlier than the one before, or its request was asked before.</exception>
    public void Add(HistoryRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.AtNs < _nowNs)
        {
            throw new ArgumentException($"A history goes forward: {record} after {_nowNs} ns.", nameof(record));
        }

        _nowNs = record.AtNs;
        Settle();
        switch (record)
        {
            case Asked asked:
                Take(asked);
                break;
            case Ended ended:
                Take(ended);
                break;
            case Executed executed:
                Take(executed);
                break;
            case ProcessChanged change:
                Tell(change);
                _context.Apply(change);
                ExcuseOpen(change);
                break;
            default:
                Tell(record);
                break;
        }
    }

    /// <summary>The history has ended; says what came of it.</summary>
    /// <param name="endNs">When the observation ended: what was owed by then must have come.</param>
    public CheckerReport Finish(long endNs)
    {
        _nowNs = Math.Max(_nowNs, endNs);
        while (_inOrder.TryDequeue(out TrackedRequest? request))
        {
            // What is not due yet when the observation ends was simply not observed to its end.
            bool isJudged = request.End is not null || _nowNs > _context.DueNs(request);
            if (isJudged)
            {
                Settle(request);
            }
        }

        foreach (IInvariant invariant in _invariants)
        {
            invariant.OnFinished(_nowNs, _context);
        }

        return new CheckerReport
        {
            Asked = _asked,
            Executed = _executed,
            Ended = _ended,
            Excused = _excused,
            RecoveriesNs = _recovery.RecoveriesNs,
            ViolationCount = _context.ViolationCount,
            Violations = _context.Violations,
        };
    }

    private void Take(Asked asked)
    {
        foreach (IInvariant invariant in _invariants)
        {
            invariant.OnAsked(asked, _context);
        }

        var request = new TrackedRequest(asked, ++_asked);
        if (!_byNumber.TryAdd(asked.Request, request))
        {
            throw new ArgumentException($"Request {asked.Request} is asked for the second time.", nameof(asked));
        }

        _inOrder.Enqueue(request);
    }

    private void Take(Ended ended)
    {
        TrackedRequest? request = _byNumber.GetValueOrDefault(ended.Request);
        foreach (IInvariant invariant in _invariants)
        {
            invariant.OnEnded(ended, request, _context);
        }

        _ended[ended.Kind] = _ended.GetValueOrDefault(ended.Kind) + 1;
        if (request is { End: null })
        {
            request.End = ended.Kind;
            request.EndedNs = ended.AtNs;
        }
    }

    private void Take(Executed executed)
    {
        _executed++;
        if (!Secret.TryFind(executed.Line, out long number, out _))
        {
            return;
        }

        TrackedRequest? request = _byNumber.GetValueOrDefault(number);
        foreach (IInvariant invariant in _invariants)
        {
            invariant.OnExecuted(executed, request, _context);
        }

        if (request is not null)
        {
            request.Executions++;
        }
    }

    private void Tell(HistoryRecord record)
    {
        foreach (IInvariant invariant in _invariants)
        {
            invariant.OnOther(record, _context);
        }
    }

    private void ExcuseOpen(ProcessChanged change)
    {
        if (change is not { Kind: DaemonKind.Chat, Change: ProcessChange.Killed })
        {
            return;
        }

        foreach (TrackedRequest request in _inOrder)
        {
            if (request.ChatGeneration == change.Generation && request.End is null)
            {
                request.IsExcused = true;
                _excused++;
            }
        }
    }

    private void Settle()
    {
        while (_inOrder.TryPeek(out TrackedRequest? request) && CanForget(request))
        {
            _inOrder.Dequeue();
            Settle(request);
        }
    }

    private bool CanForget(TrackedRequest request) =>
        _nowNs - request.AskedNs > _context.Options.DeadlineNs + _context.Options.RememberNs
        && (request.End is not null || request.IsExcused || _nowNs > _context.DueNs(request));

    private void Settle(TrackedRequest request)
    {
        _byNumber.Remove(request.Request);
        foreach (IInvariant invariant in _invariants)
        {
            invariant.OnSettled(request, _nowNs, _context);
        }
    }
}
