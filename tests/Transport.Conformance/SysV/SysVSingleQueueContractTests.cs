using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVSingleQueueContractTests() : HeldFramesContractTests(new SysVHarness(singleQueue: true));
