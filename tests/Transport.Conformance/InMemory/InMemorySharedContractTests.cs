using Transport.Conformance.Contract;

namespace Transport.Conformance.InMemory;

public sealed class InMemorySharedContractTests() : HeldFramesContractTests(new InMemoryHarness(isShared: true));
