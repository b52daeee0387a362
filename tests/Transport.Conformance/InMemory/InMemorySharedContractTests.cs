using Transport.Conformance.Contract;

namespace Transport.Conformance.InMemory;

public sealed class InMemorySharedContractTests() : TransportContractTests(new InMemoryHarness(isShared: true));
