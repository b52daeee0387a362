namespace Gsctl.Reports;

/// <summary>What <c>gsctl drain --json</c> prints.</summary>
/// <param name="Daemons">What came of it at each daemon.</param>
/// <param name="Unreached">Those that could not be asked.</param>
internal sealed record DrainReport(IReadOnlyList<DrainedDaemon> Daemons, IReadOnlyList<Unreached> Unreached);
