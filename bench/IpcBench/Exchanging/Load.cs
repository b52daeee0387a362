namespace IpcBench.Exchanging;

/// <summary>What an asking side is to do.</summary>
/// <param name="SizeBytes">The bytes of a request, and of its result.</param>
/// <param name="InFlight">How many requests are unanswered at a time, at most.</param>
/// <param name="Seconds">How long is counted, in seconds, after a warm-up of a tenth of it.</param>
/// <param name="Count">Not 0: instead of any time, this many round trips, and every byte of their results is looked at.</param>
internal sealed record Load(int SizeBytes, int InFlight, double Seconds, int Count = 0)
{
    /// <summary>The smallest message: it holds its own length and number.</summary>
    internal const int MinSizeBytes = 16;

    /// <summary>The largest message, which a System V queue takes unless the kernel is set otherwise.</summary>
    internal const int MaxSizeBytes = 8192;

    /// <summary>The largest number in flight.</summary>
    internal const int MaxInFlight = 1024;
}
