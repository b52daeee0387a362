using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVContractTests() : HeldFramesContractTests(new SysVHarness(singleQueue: false));
