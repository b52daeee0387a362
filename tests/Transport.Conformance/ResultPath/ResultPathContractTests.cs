using Transport.Conformance.Contract;

namespace Transport.Conformance.ResultPath;

public sealed class ResultPathContractTests() : HeldFramesContractTests(new ResultPathHarness());
