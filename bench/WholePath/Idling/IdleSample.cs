using Measuring;

namespace WholePath.Idling;

/// <summary>One round with so many idle players.</summary>
/// <param name="Times">Of the one who asks.</param>
/// <param name="Memory">Of chatD, right after that, while all are still there.</param>
internal sealed record IdleSample(Players.RoundTrips Times, ResidentMemory Memory);
