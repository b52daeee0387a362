using Transport.Conformance.Contract;

namespace Transport.Conformance.SysV;

public sealed class SysVSingleQueueContractTests() : TransportContractTests(new SysVHarness(singleQueue: true));
