using Transport.Conformance.Contract;

namespace Transport.Conformance.InMemory;

public sealed class InMemoryContractTests() : TransportContractTests(new InMemoryHarness(isShared: false));
