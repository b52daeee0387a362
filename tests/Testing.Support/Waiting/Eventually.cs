using System.Diagnostics;

namespace Testing.Support.Waiting;

/// <summary>Waits for a condition instead of for time.</summary>
public static class Eventually
{
    /// <summary>The deadline where a test names none: long, for a shared and busy machine.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the condition holds; throws <see cref="TimeoutException"/> with <paramref name="what"/> at the deadline.</summary>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? deadline = null) => TrueAsync(() => Task.FromResult(condition()), what, deadline);

    /// <summary>As above, for a condition that takes a while to find out.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null)
    {
        TimeSpan limit = deadline ?? DefaultDeadline;
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"After {limit} it was still not so that {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }
}
