using System.Diagnostics;
using Faults.Checker;
using Faults.Checker.History;

namespace Faults.Recording;

/// <summary>
/// Takes what happens from all threads and has it judged in the order of time. A record may come late by the time that is held back here:
/// a journal is read a little after it was written. What comes later still is taken as happening when it came.
/// </summary>
internal sealed class Recorder(CheckerOptions options)
{
    private const long HeldBackNs = 2_000_000_000;

    private readonly Lock _gate = new();
    private readonly Lock _judging = new();
    private readonly HistoryChecker _checker = new(options);
    private readonly PriorityQueue<HistoryRecord, (long AtNs, long Number)> _waiting = new();
    private readonly List<string> _otherViolations = [];
    private List<HistoryRecord> _incoming = [];
    private List<HistoryRecord> _taken = [];
    private long _number;
    private long _judgedNs;

    public static long NowNs => Stopwatch.GetTimestamp();

    public CheckerOptions Options { get; } = options;

    /// <summary>What broke a rule that no history shows: a daemon that crashed, a second one that was let in.</summary>
    public IReadOnlyList<string> OtherViolations
    {
        get
        {
            lock (_gate)
            {
                return [.. _otherViolations];
            }
        }
    }

    public void Add(HistoryRecord record)
    {
        lock (_gate)
        {
            _incoming.Add(record);
        }
    }

    public void Violated(string text)
    {
        lock (_gate)
        {
            _otherViolations.Add(text);
        }
    }

    /// <summary>Judges what is old enough.</summary>
    public void Judge() => JudgeUntil(NowNs - HeldBackNs);

    /// <summary>Judges all there is.</summary>
    public CheckerReport Finish()
    {
        JudgeUntil(long.MaxValue);
        lock (_judging)
        {
            return _checker.Finish(NowNs);
        }
    }

    private void JudgeUntil(long untilNs)
    {
        lock (_judging)
        {
            lock (_gate)
            {
                (_incoming, _taken) = (_taken, _incoming);
            }

            foreach (HistoryRecord record in _taken)
            {
                _waiting.Enqueue(record, (record.AtNs, _number++));
            }

            _taken.Clear();
            while (_waiting.TryPeek(out HistoryRecord? next, out (long AtNs, long) place) && place.AtNs <= untilNs)
            {
                _waiting.Dequeue();
                _checker.Add(next.AtNs < _judgedNs ? next with { AtNs = _judgedNs } : next);
                _judgedNs = Math.Max(_judgedNs, next.AtNs);
            }
        }
    }
}
