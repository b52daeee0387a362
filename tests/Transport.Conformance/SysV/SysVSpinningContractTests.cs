using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVSpinningContractTests() : HeldFramesContractTests(new SysVHarness(singleQueue: false, spinUs: 2000));
