namespace PingPong;

/// <summary>One measurement of one side.</summary>
/// <param name="RoundTrips">How many round trips were counted.</param>
/// <param name="PerSecond">Round trips a second.</param>
/// <param name="P50Us">The median of a round trip, in microseconds.</param>
/// <param name="P99Us">What 99 of 100 round trips did not exceed, in microseconds.</param>
/// <param name="Switches">Context switches of both processes for one round trip.</param>
/// <param name="AskerBytes">Managed memory that the asking process allocated for one round trip, in bytes; 0 for C.</param>
/// <param name="AnswererBytes">The same of the answering process.</param>
public sealed record Measurement(
    long RoundTrips, double PerSecond, double P50Us, double P99Us, double Switches, double AskerBytes, double AnswererBytes);
