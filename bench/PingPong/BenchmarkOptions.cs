using Shared.Protocol.Transport.ResultPath;

namespace PingPong;

/// <summary>What to measure.</summary>
/// <param name="Rounds">How often each side is measured, in turn.</param>
/// <param name="Seconds">How long each measurement lasts, in seconds, besides its warm-up.</param>
/// <param name="Window">How many requests are in flight in the second half.</param>
/// <param name="Results">The way that the library's results take.</param>
/// <param name="JsonPath">Where the figures go as JSON as well; null for nowhere.</param>
public sealed record BenchmarkOptions(int Rounds, double Seconds, int Window, ResultPathKind Results, string? JsonPath)
{
    /// <summary>How many keys a run takes: the daemons the first two, the C program the third and the fourth.</summary>
    internal const int KeyCount = 4;
}
