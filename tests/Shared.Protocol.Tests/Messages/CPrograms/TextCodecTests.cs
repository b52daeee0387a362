using System.Text;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Messages.CPrograms;

public sealed class TextCodecTests
{
    private readonly TextCodec _codec = new();

    [Fact]
    public void Write_Request_IsTheLineAndANul()
    {
        using var frame = new PooledBuffer();
        _codec.Write(new Envelope { Kind = MessageKind.Request, RequestId = 1 }, new CommandRequest("/찾기 a"), frame);
        Assert.Equal([.. "/찾기 a"u8, 0], frame.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData("/who", "/who")]
    [InlineData("/who\0", "/who")]
    [InlineData("/who\0garbage of the stack", "/who")]
    [InlineData("/who\n\0", "/who")]
    [InlineData("/who\r\n", "/who")]
    [InlineData(" /who ", " /who ")]
    [InlineData("\0", "")]
    public void TryRead_Request_IsTheTextUpToTheNul(string sent, string line)
    {
        Assert.Equal(FrameFault.None, Read(Encoding.UTF8.GetBytes(sent), out string? read));
        Assert.Equal(line, read);
    }

    [Fact]
    public void TryRead_Empty_IsTruncated() => Assert.Equal(FrameFault.Truncated, Read([], out _));

    [Fact]
    public void TryRead_RequestNotUtf8_IsMalformed()
    {
        Assert.Equal(FrameFault.Malformed, Read([0x2f, 0xb0, 0xa1], out _));
        Assert.Equal(FrameFault.Malformed, Read([0x2f, 0xea, 0xb0, 0x00], out _));
        Assert.Equal(FrameFault.None, Read([0x2f, 0x00, 0xb0, 0xa1], out _));
    }

    [Fact]
    public void TryRead_ResultCutInsideACharacter_IsRepaired()
    {
        using var scratch = new PooledBuffer();
        Assert.Equal(FrameFault.None, _codec.TryRead([0x61, 0xea, 0xb0], scratch, MessageKind.Result, out _, out ReadOnlySpan<byte> body));
        var reader = new MessagePackReader(body);
        Assert.Equal("a\ufffd", ResultBody<CommandResult>.Read(ref reader).Message.Text);
    }

    [Fact]
    public void TryRead_AtTheEndOfTheArray_NeedsNoNul()
    {
        byte[] full = [.. Enumerable.Repeat((byte)'a', TextCodec.TextBytes)];
        Assert.Equal(FrameFault.None, Read(full, out string? line));
        Assert.Equal(TextCodec.TextBytes, line!.Length);

        // msgsnd with the size of the whole struct sends eight bytes more than the array.
        Assert.Equal(FrameFault.None, Read([.. full[..^1], 0, .. new byte[8]], out line));
        Assert.Equal(TextCodec.TextBytes - 1, line!.Length);
        Assert.Equal(FrameFault.Malformed, Read([.. full, 0], out _));
    }

    private FrameFault Read(byte[] frame, out string? line)
    {
        using var scratch = new PooledBuffer();
        FrameFault fault = _codec.TryRead(frame, scratch, MessageKind.Request, out _, out ReadOnlySpan<byte> body);
        line = null;
        if (fault == FrameFault.None)
        {
            var reader = new MessagePackReader(body);
            line = CommandRequest.Read(ref reader).Line;
        }

        return fault;
    }
}
