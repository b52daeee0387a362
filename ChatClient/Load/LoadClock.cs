using System.Diagnostics;

namespace ChatClient.Load;

/// <summary>Times between moments of <see cref="Stopwatch.GetTimestamp"/>, which all processes of a host share.</summary>
internal static class LoadClock
{
    /// <summary>How many nanoseconds lie between two moments.</summary>
    public static long NsBetween(long from, long to) => (long)Stopwatch.GetElapsedTime(from, to).TotalNanoseconds;

    /// <summary>The moment so many seconds after another.</summary>
    public static long After(long from, double seconds) => from + (long)(seconds * Stopwatch.Frequency);
}
