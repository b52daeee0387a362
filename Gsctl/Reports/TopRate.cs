namespace Gsctl.Reports;

/// <summary>How often something happened in an interval, and how long it took.</summary>
/// <param name="Name">What.</param>
/// <param name="PerSecond">How often a second.</param>
/// <param name="FailuresPerSecond">How often a second it ended otherwise than well.</param>
/// <param name="P50Seconds">How long half of them took at most; null where none happened, or nobody measures it.</param>
/// <param name="P99Seconds">How long 99 of 100 took at most; null as above.</param>
/// <param name="IsP99AtLeast">Whether that is only known to be the least it can be: it took longer than the last bucket counts.</param>
internal sealed record TopRate(string Name, double PerSecond, double FailuresPerSecond, double? P50Seconds, double? P99Seconds, bool IsP99AtLeast);
