using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVAllocationTests() : AllocationContractTests(new SysVHarness(singleQueue: false));
