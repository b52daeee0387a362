using System.Collections.Concurrent;
using Faults.Checker.History;

namespace Faults.Load;

/// <summary>What all players share: the numbers of requests, and what came of them. Safe on every thread.</summary>
/// <param name="first">The number of the first request; the players of another load may have those below.</param>
internal sealed class LoadNumbers(long first = 1)
{
    private readonly ConcurrentDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private long _lastRequest = first - 1;
    private long _slowestNs;
    private long _resumes;

    /// <summary>How many were asked.</summary>
    public long Asked => Volatile.Read(ref _lastRequest) - first + 1;

    /// <summary>The longest time from asking to the answer, in nanoseconds.</summary>
    public long SlowestNs => Volatile.Read(ref _slowestNs);

    /// <summary>How often a session went on over a new connection.</summary>
    public long Resumes => Volatile.Read(ref _resumes);

    /// <summary>Refused log-ins and ended sessions, by code.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <summary>Answers, by kind and code.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    public long NextRequest() => Interlocked.Increment(ref _lastRequest);

    public void Resumed() => Interlocked.Increment(ref _resumes);

    public void Refused(string code) => _refusals.AddOrUpdate(code, 1, static (_, count) => count + 1);

    public void Ended(long durationNs, string code, EndKind kind)
    {
        _outcomes.AddOrUpdate($"{kind} {code}", 1, static (_, count) => count + 1);
        long slowest = Volatile.Read(ref _slowestNs);
        while (durationNs > slowest)
        {
            slowest = Interlocked.CompareExchange(ref _slowestNs, durationNs, slowest);
        }
    }

    /// <summary>How many ended in a way.</summary>
    public long Count(EndKind kind) =>
        _outcomes.Where(pair => pair.Key.StartsWith($"{kind} ", StringComparison.Ordinal)).Sum(pair => pair.Value);
}
