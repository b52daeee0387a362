using Measuring;

namespace IpcBench.Exchanging;

/// <summary>What an asking side has counted.</summary>
/// <param name="RoundTrips">How many round trips.</param>
/// <param name="ElapsedNs">In which time, in nanoseconds.</param>
/// <param name="Reached">How many were in flight at most.</param>
/// <param name="Used">What the asking process used for them.</param>
/// <param name="QuantilesNs">The times of a round trip that the shares of <see cref="Quantiles"/> did not exceed, in nanoseconds.</param>
internal sealed record AskerFigures(long RoundTrips, long ElapsedNs, int Reached, ProcessUsage Used, IReadOnlyList<long> QuantilesNs);
