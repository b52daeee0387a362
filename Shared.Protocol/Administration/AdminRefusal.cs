namespace Shared.Protocol.Administration;

/// <summary>Why a request was refused.</summary>
/// <param name="Code">One of <see cref="AdminCodes"/>.</param>
/// <param name="Text">The same for a person.</param>
public sealed record AdminRefusal(string Code, string Text);
