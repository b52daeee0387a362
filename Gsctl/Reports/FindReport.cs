using Shared.Protocol.Administration;

namespace Gsctl.Reports;

/// <summary>What <c>gsctl find --json</c> prints.</summary>
/// <param name="Answers">What each channelD knows.</param>
/// <param name="Unreached">Those that could not be asked.</param>
internal sealed record FindReport(IReadOnlyList<FindAnswer> Answers, IReadOnlyList<Unreached> Unreached);
