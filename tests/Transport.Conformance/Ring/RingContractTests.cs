using Transport.Conformance.Contract;

namespace Transport.Conformance.Ring;

public sealed class RingContractTests() : HeldFramesContractTests(new RingHarness());
