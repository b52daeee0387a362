using Transport.Conformance.Contract;

namespace Transport.Conformance.InMemory;

public sealed class InMemoryContractTests() : HeldFramesContractTests(new InMemoryHarness(isShared: false));
