using System.Diagnostics.CodeAnalysis;

namespace Shared.Protocol.Wire.MessagePack;

/// <summary>
/// Reads MessagePack that may be hostile, from bytes that are all there, without allocating (but for the strings it returns).
/// The members are named after MessagePack-CSharp's.
/// </summary>
/// <remarks>
/// Whatever the bytes hold, the only failure is <see cref="MessagePackSerializationException"/>, after which the reader is of no use.
/// A length or a count is believed only if so many bytes remain (an element has at least one, a map's entry two), so that what a
/// caller allocates by it is bounded by the frame. Nothing here is recursive.
/// </remarks>
public ref partial struct MessagePackReader
{
    /// <summary>How deep arrays and maps may be nested in what <see cref="Skip"/> and <see cref="ReadRaw"/> pass over.</summary>
    public const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Reads these bytes from their first.</summary>
    public MessagePackReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _position = 0;
    }

    /// <summary>Whether everything was read.</summary>
    public readonly bool End => _position >= _bytes.Length;

    /// <summary>How many bytes were read.</summary>
    public readonly int ConsumedBytes => _position;

    private readonly int RemainingBytes => _bytes.Length - _position;

    /// <summary>Reads nil if it is next.</summary>
    /// <returns>Whether it was; if not, nothing was read.</returns>
    /// <exception cref="MessagePackSerializationException">The bytes end here.</exception>
    public bool TryReadNil()
    {
        Check(TryReadNil(out bool isNil), "A value");
        return isNil;
    }

    /// <summary>Reads a boolean.</summary>
    /// <exception cref="MessagePackSerializationException">Another value is next, or the bytes end.</exception>
    public bool ReadBoolean()
    {
        byte code = End ? MessagePackCode.NeverUsed : _bytes[_position];
        if (code is not (MessagePackCode.True or MessagePackCode.False))
        {
            Throw(End ? MessagePackStatus.Truncated : MessagePackStatus.Mismatch, "A boolean");
        }

        _position++;
        return code == MessagePackCode.True;
    }

    /// <summary>Passes over the next value, whatever it is.</summary>
    /// <exception cref="MessagePackSerializationException">It is no MessagePack, is cut off, or is deeper than <see cref="MaxDepth"/>.</exception>
    public void Skip() => Check(TrySkip(), "A value");

    /// <summary>Passes over the next value and returns its bytes.</summary>
    /// <inheritdoc cref="Skip" path="/exception"/>
    public ReadOnlySpan<byte> ReadRaw()
    {
        int start = _position;
        Skip();
        return _bytes[start.._position];
    }

    internal MessagePackStatus TryReadNil(out bool isNil)
    {
        isNil = !End && _bytes[_position] == MessagePackCode.Nil;
        if (isNil)
        {
            _position++;
        }

        return isNil || !End ? MessagePackStatus.Done : MessagePackStatus.Truncated;
    }

    private readonly void Check(MessagePackStatus status, string expected)
    {
        if (status != MessagePackStatus.Done)
        {
            Throw(status, expected);
        }
    }

    [DoesNotReturn]
    private readonly void Throw(MessagePackStatus status, string expected) => throw new MessagePackSerializationException(status switch
    {
        MessagePackStatus.Truncated => $"{expected} was expected at byte {_position} of {_bytes.Length}; the bytes end before it does.",
        MessagePackStatus.TooDeep => $"{expected} at byte {_position} is nested deeper than {MaxDepth}.",
        _ => $"{expected} was expected at byte {_position}; 0x{_bytes[_position]:x2} was found.",
    });
}
