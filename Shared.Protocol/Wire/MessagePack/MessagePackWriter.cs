#pragma warning disable CS1591
using System.Buffers;

namespace Shared.Protocol.Wire.MessagePack;

/// <summary>Skeleton.</summary>
public ref struct MessagePackWriter
{
    private readonly IBufferWriter<byte> _output;

    public MessagePackWriter(IBufferWriter<byte> output) => _output = output;

    public void Flush() => throw new NotImplementedException();
    public void WriteNil() => throw new NotImplementedException();
    public void Write(bool value) => throw new NotImplementedException();
    public void Write(byte value) => throw new NotImplementedException();
    public void Write(int value) => throw new NotImplementedException();
    public void Write(long value) => throw new NotImplementedException();
    public void Write(ulong value) => throw new NotImplementedException();
    public void Write(string? value) => throw new NotImplementedException();
    public void WriteString(ReadOnlySpan<byte> utf8) => throw new NotImplementedException();
    public void Write(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();
    public void WriteRaw(ReadOnlySpan<byte> rawMessagePackBlock) => throw new NotImplementedException();
    public void WriteArrayHeader(int count) => throw new NotImplementedException();
}
