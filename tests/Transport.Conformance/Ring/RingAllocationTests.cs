using Transport.Conformance.Contract;

namespace Transport.Conformance.Ring;

public sealed class RingAllocationTests() : AllocationContractTests(new RingHarness());
