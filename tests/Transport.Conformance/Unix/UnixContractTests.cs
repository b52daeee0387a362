using Transport.Conformance.Contract;

namespace Transport.Conformance.Unix;

public sealed class UnixContractTests() : TransportContractTests(new UnixHarness());
