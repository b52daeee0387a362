using Shared.Operations.Readiness;

namespace Shared.Operations.Page;

/// <summary>
/// The readiness for pages: looked at no more than once a second, however many pages ask, and not at all while none does, for each look sends
/// something through the queue. Safe on every thread.
/// </summary>
/// <param name="checks">Look.</param>
/// <param name="time">Where the time comes from.</param>
/// <param name="nowMs">This moment, in milliseconds of Unix time.</param>
internal sealed class ReadinessLook(ReadinessChecks checks, TimeProvider time, Func<long> nowMs)
{
    // Less than the second in which a page asks again, or every second answer would be an old one.
    private const long FreshMs = 900;

    // A look that takes longer is told with the next answer: a page is not to stand still because something else does.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private volatile ReadinessView? _last;

    /// <summary>What was found last; null before the end of the first look. Begins another where it is time.</summary>
    /// <param name="cancellationToken">Ends the wait, not the look.</param>
    public async ValueTask<ReadinessView?> LookAsync(CancellationToken cancellationToken)
    {
        Task running;
        lock (_gate)
        {
            if (_running.IsCompleted && (_last is not { } last || nowMs() - last.LookedAtMs >= FreshMs))
            {
                _running = FindAsync();
            }

            running = _running;
        }

        await running.WaitAsync(s_patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _last;
    }

    private async Task FindAsync()
    {
        // Every check has its deadline, so it ends; and it throws nothing without a token.
        await Task.Yield();
        IReadOnlyList<ReadinessFault> faults = await checks.FindFaultsAsync(CancellationToken.None);
        _last = new ReadinessView(nowMs(), faults);
    }
}
