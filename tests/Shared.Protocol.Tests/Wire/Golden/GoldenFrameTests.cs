using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Tests.Wire.Golden;

public sealed class GoldenFrameTests
{
    private readonly MessagePackCodec _codec = new();

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, GoldenFrames.All.Count)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void WriteRaw_EveryFrame_GivesItsGoldenBytes(int index)
    {
        GoldenFrame golden = GoldenFrames.All[index];
        using var frame = new PooledBuffer();
        _codec.WriteRaw(golden.Envelope, golden.Body, frame);
        Assert.Equal(Convert.ToHexString(golden.Frame), Convert.ToHexString(frame.WrittenSpan));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void TryRead_GoldenBytes_GivesEnvelopeAndBody(int index)
    {
        GoldenFrame golden = GoldenFrames.All[index];
        using var scratch = new PooledBuffer();
        FrameFault fault = _codec.TryRead(golden.Frame, scratch, MessageKind.Event, out Envelope envelope, out ReadOnlySpan<byte> body);
        Assert.Equal(FrameFault.None, fault);
        Assert.Equal(golden.Envelope, envelope);
        Assert.Equal(Convert.ToHexString(golden.Body), Convert.ToHexString(body));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void TryRead_TruncatedAtEveryByte_IsTruncated(int index)
    {
        byte[] frame = GoldenFrames.All[index].Frame;
        for (int length = 0; length < frame.Length; length++)
        {
            Assert.Equal(FrameFault.Truncated, EnvelopeFormat.TryRead(frame.AsSpan(0, length), out _, out ReadOnlySpan<byte> body));
            Assert.True(body.IsEmpty);
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void TryRead_WithElementsOfALaterVersion_SkipsThem(int index)
    {
        GoldenFrame golden = GoldenFrames.All[index];
        byte[] later = [.. golden.Frame, 0x82, 0x01, 0x92, 0xc0, 0xc3, 0xa1, 0x61, 0xcb, 0, 0, 0, 0, 0, 0, 0, 0, 0xd4, 0x05, 0x00];
        later[0] += 2;
        Assert.Equal(FrameFault.None, EnvelopeFormat.TryRead(later, out Envelope envelope, out ReadOnlySpan<byte> body));
        Assert.Equal(golden.Envelope, envelope);
        Assert.Equal(Convert.ToHexString(golden.Body), Convert.ToHexString(body));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void TryRead_WithBytesBehindTheFrame_IsMalformed(int index) =>
        Assert.Equal(FrameFault.Malformed, EnvelopeFormat.TryRead([.. GoldenFrames.All[index].Frame, 0xc0], out _, out _));

    [Fact]
    public void MaxOverheadBytes_OfTheLargestEnvelope_IsEnough()
    {
        GoldenFrame largest = GoldenFrames.All.Single(golden => golden.Name == "largest envelope");
        byte[] body = new byte[70_000];
        using var frame = new PooledBuffer();
        _codec.WriteRaw(largest.Envelope, body, frame);
        Assert.Equal(EnvelopeFormat.MaxOverheadBytes, frame.WrittenBytes - body.Length);
    }
}
