namespace ChatClient.Load;

/// <summary>When the lines of an open loop are due: the first at once, then one in each part of a second.</summary>
internal static class LoadPace
{
    /// <summary>How many lines are due at most so long after the beginning.</summary>
    public static long CountDue(double elapsedSeconds, double ratePerSecond) => (long)(elapsedSeconds * ratePerSecond) + 1;

    /// <summary>When a line is due, in seconds after the beginning.</summary>
    /// <param name="line">Its number, from 0.</param>
    /// <param name="ratePerSecond">The rate.</param>
    public static double DueSeconds(long line, double ratePerSecond) => line / ratePerSecond;
}
