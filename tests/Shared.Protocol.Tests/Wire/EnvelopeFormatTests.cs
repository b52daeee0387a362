using Shared.Protocol.Tests.Wire.MessagePack;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Tests.Wire;

public sealed class EnvelopeFormatTests
{
    [Theory]
    [InlineData("91 02")]
    [InlineData("91 00")]
    [InlineData("92 cd1234 c1")]
    [InlineData("9a 02 a0 a0 a0 a0 a0 a0 a0 a0 a0")]
    public void TryRead_AnotherVersion_IsUnknownVersionWhateverTheRest(string hex) =>
        Assert.Equal(FrameFault.UnknownVersion, Read(hex));

    [Theory]
    [InlineData("")]
    [InlineData("91")]
    [InlineData("9a 01 01")]
    [InlineData("dc")]
    [InlineData("ddffffffff 01 01 07 00 02 2a 00 c0 c0 90")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 c0 91")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 c0 92 ddffffffff 00")]
    [InlineData("9a 01 01 07 00 02 2a 00 c4ff c0 90")]
    public void TryRead_ThatAnnouncesMoreThanThereIs_IsTruncated(string hex) =>
        Assert.Equal(FrameFault.Truncated, Read(hex));

    [Theory]
    [InlineData("90", "nothing in it")]
    [InlineData("01", "no array")]
    [InlineData("91 c0", "version of another type")]
    [InlineData("91 ff", "negative version")]
    [InlineData("99 01 01 07 00 02 2a 00 c0 c0", "no body")]
    [InlineData("9a 01 00 07 00 02 2a 00 c0 c0 90", "kind 0")]
    [InlineData("9a 01 05 07 00 02 2a 00 c0 c0 90", "kind 5")]
    [InlineData("9a 01 01 ff 00 02 2a 00 c0 c0 90", "negative id")]
    [InlineData("9a 01 01 c0 00 02 2a 00 c0 c0 90", "nil as id")]
    [InlineData("9a 01 01 07 00 ff 2a 00 c0 c0 90", "negative mailbox")]
    [InlineData("9a 01 01 07 00 02 ff 00 c0 c0 90", "negative user")]
    [InlineData("9a 01 01 07 00 02 ce80000000 00 c0 c0 90", "user above 31 bits")]
    [InlineData("9a 01 01 07 00 02 2a ff c0 c0 90", "negative deadline")]
    [InlineData("9a 01 01 07 00 02 2a 00 c1 c0 90", "trace that is no MessagePack")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 00 90", "integer as part")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 910200 c400", "part without a count")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 93000200 c400", "part with too much")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 920001 c400", "one piece")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 920202 c400", "piece behind the last")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 92ff02 c400", "negative piece")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 9200ce00010001 c400", "too many pieces")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 920002 90", "piece as an array")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 c0 c400", "whole body as bytes")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 c0 c0", "no body")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 c0 91c1", "body that is no MessagePack")]
    [InlineData("9a 01 01 07 00 02 2a 00 c0 c0 90 90", "something behind it")]
    [InlineData("9b 01 01 07 00 02 2a 00 c0 c0 90 c1", "an extra element that is no MessagePack")]
    public void TryRead_NotWhatTheFormatAllows_IsMalformed(string hex, string why)
    {
        Assert.Equal(FrameFault.Malformed, Read(hex));
        Assert.NotEmpty(why);
    }

    [Theory]
    [InlineData("c0", "none")]
    [InlineData("00", "an integer")]
    [InlineData("a3 616263", "a string")]
    [InlineData("92 c0 c0", "an array")]
    [InlineData("c40100", "one byte")]
    [InlineData("c400", "no byte")]
    [InlineData("c418 0af7651916cd43dd8448eb211c80319c b7ad6b7169203331", "without flags")]
    [InlineData("c41a 00 0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 01", "with a version")]
    [InlineData("c419 00000000000000000000000000000000 b7ad6b7169203331 01", "trace id 0")]
    [InlineData("c419 0af7651916cd43dd8448eb211c80319c 0000000000000000 01", "span id 0")]
    public void TryRead_TraceThatIsNone_IsIgnoredAndTheRequestTaken(string trace, string why)
    {
        byte[] frame = Hex.Bytes($"9a 01 01 07 05 02 2a 00 {trace} c0 9201a0");
        Assert.True(EnvelopeFormat.TryRead(frame, out Envelope envelope, out ReadOnlySpan<byte> body) == FrameFault.None, why);
        Assert.Equal(new Envelope { Kind = MessageKind.Request, RequestId = 7, Generation = 5, ReplyMailbox = 2, UserId = 42 }, envelope);
        Assert.Equal("9201a0", Hex.Of(body));
    }

    [Theory]
    [InlineData("00", false)]
    [InlineData("01", true)]
    [InlineData("02", false)]
    [InlineData("ff", true)]
    public void TryRead_TraceWithAnyFlags_IsSampledByTheFirst(string flags, bool isSampled)
    {
        byte[] frame = Hex.Bytes($"9a 01 01 07 05 02 2a 00 c419 0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 {flags} c0 9201a0");
        Assert.Equal(FrameFault.None, EnvelopeFormat.TryRead(frame, out Envelope envelope, out _));
        Assert.Equal(isSampled, envelope.Trace?.IsSampled);
        Assert.Equal(0xb7ad6b7169203331, envelope.Trace?.SpanId);
    }

    [Fact]
    public void TryRead_BodyNestedTooDeep_IsMalformed() =>
        Assert.Equal(
            FrameFault.Malformed,
            Read("9a 01 01 07 00 02 2a 00 c0 c0 " + string.Concat(Enumerable.Repeat("91", 10_000)) + "c0"));

    [Fact]
    public void TryRead_EveryIntegerEncoding_IsAccepted()
    {
        byte[] frame = Hex.Bytes("dc000a d001 cd0001 ce00000007 d30000000000000001 d200000002 d10001 cc00 c0 c0 dc0000");
        Assert.Equal(FrameFault.None, EnvelopeFormat.TryRead(frame, out Envelope envelope, out ReadOnlySpan<byte> body));
        Assert.Equal(new Envelope { Kind = MessageKind.Request, RequestId = 7, Generation = 1, ReplyMailbox = 2, UserId = 1 }, envelope);
        Assert.Equal("dc0000", Hex.Of(body));
    }

    [Fact]
    public void Write_OutOfRange_Throws()
    {
        var codec = new MessagePackCodec();
        using var frame = new PooledBuffer();
        var sound = new Envelope { Kind = MessageKind.Result };
        Envelope[] unsound =
        [
            default(Envelope) with { UserId = 1 },
            sound with { Kind = (MessageKind)5 },
            sound with { UserId = -1 },
            sound with { ReplyMailbox = -1 },
            sound with { DeadlineNs = -1 },
            sound with { Part = new FramePart(0, 1) },
            sound with { Part = new FramePart(2, 2) },
            sound with { Part = new FramePart(0, FramePart.MaxCount + 1) },
        ];
        Assert.All(unsound, envelope => Assert.Throws<ArgumentException>(() => codec.WriteRaw(envelope, [0x90], frame)));
        codec.WriteRaw(sound, [0x90], frame);
    }

    private static FrameFault Read(string hex)
    {
        FrameFault fault = EnvelopeFormat.TryRead(Hex.Bytes(hex), out Envelope envelope, out ReadOnlySpan<byte> body);
        Assert.Equal(default, envelope);
        Assert.True(body.IsEmpty);
        return fault;
    }
}
