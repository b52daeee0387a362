using ChatD.Configuration;
using Microsoft.Extensions.Options;

namespace ChatD.Connections;

/// <summary>
/// Bounds the connections that are not logged in: those that never mean to, and the thousands that come back at once after a network has broken.
/// What is beyond the bound is refused with a reason, and comes again a little later, each at a time of its own. Safe on every thread.
/// </summary>
internal sealed class LogInAdmission(IOptions<ChatOptions> options)
{
    private readonly int _maxPending = options.Value.MaxPendingLogIns;
    private int _pending;

    /// <summary>How many are not logged in.</summary>
    public int PendingCount => Volatile.Read(ref _pending);

    /// <summary>Takes a place; <see cref="End"/> gives it back. False where none is free.</summary>
    public bool TryBegin()
    {
        // Never counted before it is taken: another that asks meanwhile would be refused a place that is free.
        int seen;
        do
        {
            seen = Volatile.Read(ref _pending);
            if (seen >= _maxPending)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _pending, seen + 1, seen) != seen);
        return true;
    }

    /// <summary>A connection that took a place is logged in, or will not be.</summary>
    public void End() => Interlocked.Decrement(ref _pending);
}
