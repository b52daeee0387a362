namespace Shared.Protocol.Wire;

/// <summary>Which piece of a body that was too large for one frame this frame carries.</summary>
/// <param name="Index">The piece's number, from 0.</param>
/// <param name="Count">How many pieces the body has, from 2.</param>
public readonly record struct FramePart(int Index, int Count);
