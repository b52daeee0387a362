using Shared.Operations.Readiness;

namespace Shared.Operations.Page;

/// <summary>What a look at the readiness has found.</summary>
/// <param name="LookedAtMs">When it ended, in milliseconds of Unix time.</param>
/// <param name="NotReady">What is not in order; empty when the daemon is ready.</param>
internal sealed record ReadinessView(long LookedAtMs, IReadOnlyList<ReadinessFault> NotReady);
