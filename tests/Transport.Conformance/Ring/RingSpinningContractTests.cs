using Transport.Conformance.Contract;

namespace Transport.Conformance.Ring;

public sealed class RingSpinningContractTests() : HeldFramesContractTests(new RingHarness(TimeSpan.FromMilliseconds(2)));
