namespace Observing;

/// <summary>One variant in one round.</summary>
/// <param name="LinesPerSecond">Lines answered.</param>
/// <param name="P50Us">Half of them took at most so long, in microseconds.</param>
/// <param name="P99Us">All but a hundredth.</param>
/// <param name="CpuUsPerLine">Processor time of both daemons for a line, in microseconds.</param>
internal readonly record struct Sample(double LinesPerSecond, double P50Us, double P99Us, double CpuUsPerLine);
