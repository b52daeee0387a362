#pragma warning disable CS1591
namespace Shared.Protocol.Wire.MessagePack;

/// <summary>Skeleton.</summary>
public ref struct MessagePackReader
{
    private readonly ReadOnlySpan<byte> _bytes;

    public MessagePackReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public readonly bool End => throw new NotImplementedException();
    public readonly int ConsumedBytes => throw new NotImplementedException();
    public bool TryReadNil() => throw new NotImplementedException();
    public bool ReadBoolean() => throw new NotImplementedException();
    public byte ReadByte() => throw new NotImplementedException();
    public int ReadInt32() => throw new NotImplementedException();
    public long ReadInt64() => throw new NotImplementedException();
    public ulong ReadUInt64() => throw new NotImplementedException();
    public string? ReadString() => throw new NotImplementedException();
    public ReadOnlySpan<byte> ReadStringSpan() => throw new NotImplementedException();
    public ReadOnlySpan<byte> ReadBytesSpan() => throw new NotImplementedException();
    public ReadOnlySpan<byte> ReadRaw() => throw new NotImplementedException();
    public int ReadArrayHeader() => throw new NotImplementedException();
    public void Skip() => throw new NotImplementedException();
}
