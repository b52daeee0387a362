namespace Gsctl.Reports;

/// <summary>What <c>gsctl top --json</c> prints for each interval.</summary>
/// <param name="At">When it ended.</param>
/// <param name="IntervalMs">How long it was, in milliseconds.</param>
/// <param name="Daemons">The daemons at its end.</param>
/// <param name="Requests">What chatDs asked, by kind of request: all the way there and back.</param>
/// <param name="Commands">What players typed, by command: within channelD.</param>
/// <param name="Unreached">Those that could not be asked.</param>
internal sealed record TopReport(
    DateTimeOffset At,
    long IntervalMs,
    IReadOnlyList<TopDaemon> Daemons,
    IReadOnlyList<TopRate> Requests,
    IReadOnlyList<TopRate> Commands,
    IReadOnlyList<Unreached> Unreached);
