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
        if (Interlocked.Increment(ref _pending) <= _maxPending)
        {
            return true;
        }

        Interlocked.Decrement(ref _pending);
        return false;
    }

    /// <summary>A connection that took a place is logged in, or will not be.</summary>
    public void End() => Interlocked.Decrement(ref _pending);
}
