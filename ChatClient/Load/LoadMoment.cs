namespace ChatClient.Load;

/// <summary>What a load was like for a short while.</summary>
/// <param name="Seconds">The end of the while, in seconds from the beginning of the measurement.</param>
/// <param name="LengthSeconds">How long it was.</param>
/// <param name="Ok">Answers that were ok.</param>
/// <param name="Error">Answers that were errors.</param>
/// <param name="Busy">Lines that were refused unrun.</param>
/// <param name="Unknown">Lines of which nobody knows whether they were run.</param>
/// <param name="Shown">Messages that other players were shown.</param>
/// <param name="P50Us">The time that half of the answers took at most, in microseconds; null without answers.</param>
/// <param name="P99Us">The same of 99 of 100.</param>
/// <param name="InFlight">Lines under way at its end.</param>
public sealed record LoadMoment(
    double Seconds, double LengthSeconds, long Ok, long Error, long Busy, long Unknown, long Shown, double? P50Us, double? P99Us, int InFlight);
