using IpcBench.Exchanging;

namespace Bench.Tests.Exchanging;

/// <summary>A stream that gives what it is told in pieces, and takes as much as there is room for.</summary>
internal sealed class ScriptedStream(byte[] input, int pieceBytes) : StreamChannel
{
    private int _read;

    public int RoomBytes { get; set; }

    public List<byte> Written { get; } = [];

    public override void Dispose()
    {
    }

    protected override int Read(Span<byte> buffer)
    {
        int length = Math.Min(Math.Min(pieceBytes, buffer.Length), input.Length - _read);
        input.AsSpan(_read, length).CopyTo(buffer);
        _read += length;
        return length;
    }

    protected override int WriteSome(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(RoomBytes, bytes.Length);
        Written.AddRange(bytes[..length]);
        RoomBytes -= length;
        return length;
    }

    protected override int WriteWaiting(ReadOnlySpan<byte> bytes)
    {
        Written.AddRange(bytes);
        return bytes.Length;
    }
}
