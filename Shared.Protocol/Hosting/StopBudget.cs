using System.Diagnostics;

namespace Shared.Protocol.Hosting;

/// <summary>
/// Shares out the 5 s that the contract gives a stop: what the services did not use, the container and the log may. Starts when made.
/// </summary>
internal readonly struct StopBudget()
{
    // The contract's 5 s, less what the runtime needs to end.
    private static readonly TimeSpan s_whole = TimeSpan.FromSeconds(4.9);
    private static readonly TimeSpan s_flushLimit = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan s_leastFlush = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_leastDispose = TimeSpan.FromMilliseconds(100);

    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>What the container may take to dispose the services.</summary>
    public TimeSpan ForDispose => Max(s_leastDispose, Left - s_flushLimit);

    /// <summary>What the last lines of the log may take; not all that is left, for a stopped reader would make every stop slow.</summary>
    public TimeSpan ForFlush => Max(s_leastFlush, Left < s_flushLimit ? Left : s_flushLimit);

    private TimeSpan Left => s_whole - Stopwatch.GetElapsedTime(_started);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
