using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVContractTests() : TransportContractTests(new SysVHarness(singleQueue: false));
