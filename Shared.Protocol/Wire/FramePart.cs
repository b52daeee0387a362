namespace Shared.Protocol.Wire;

/// <summary>Which piece of a body that was too large for one frame this frame carries.</summary>
/// <param name="Index">The piece's number, from 0.</param>
/// <param name="Count">How many pieces the body has, from <see cref="MinCount"/> to <see cref="MaxCount"/>.</param>
public readonly record struct FramePart(int Index, int Count)
{
    /// <summary>The least pieces: a body of one piece travels whole.</summary>
    public const int MinCount = 2;

    /// <summary>The most pieces. A result of 1 MiB has some 130 of them in the frames of an untuned queue.</summary>
    public const int MaxCount = 65536;

    /// <summary>Whether both numbers are in range.</summary>
    public bool IsSound => Count is >= MinCount and <= MaxCount && Index >= 0 && Index < Count;
}
