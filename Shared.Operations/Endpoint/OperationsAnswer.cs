namespace Shared.Operations.Endpoint;

/// <summary>What is answered to a request.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Body">The bytes. Nobody changes them afterwards.</param>
internal readonly record struct OperationsAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body);
