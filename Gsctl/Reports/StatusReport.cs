using Shared.Protocol.Administration;

namespace Gsctl.Reports;

/// <summary>What <c>gsctl status --json</c> prints.</summary>
/// <param name="Daemons">What each daemon told.</param>
/// <param name="Unreached">Those that could not be asked.</param>
internal sealed record StatusReport(IReadOnlyList<DaemonStatus> Daemons, IReadOnlyList<Unreached> Unreached);
