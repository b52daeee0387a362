using Measuring;

namespace WholePath.RoundTrips;

/// <summary>One round.</summary>
/// <param name="Echo">C over TCP.</param>
/// <param name="Queue">C over System V queues.</param>
/// <param name="Whole">A player's.</param>
/// <param name="Chat">What chatD used for all of the player's.</param>
/// <param name="Channel">What channelD used.</param>
internal sealed record RoundTripRound(
    Players.RoundTrips Echo, Players.RoundTrips Queue, Players.RoundTrips Whole, ProcessUsage Chat, ProcessUsage Channel)
{
    /// <summary>How many times as long as both of C together, at the median.</summary>
    internal double P50Ratio => Whole.P50Us / (Echo.P50Us + Queue.P50Us);

    /// <summary>The same of the time that all but a hundredth did not exceed.</summary>
    internal double P99Ratio => Whole.P99Us / (Echo.P99Us + Queue.P99Us);

    /// <summary>What of a figure falls on one round trip.</summary>
    internal double PerRoundTrip(double used) => used / Math.Max(1, Whole.All);
}
