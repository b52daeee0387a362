using System.Runtime.InteropServices;
using System.Text;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Wire;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Shared.Protocol.Tests.Messages.CPrograms;

public sealed class StructCodecTests
{
    private const string Program = """
        #include <stddef.h>
        #include <stdio.h>
        #include <string.h>
        struct request { long mtype; int request_id; int user_id; char cmd[256]; };
        struct result { long mtype; int request_id; int user_id; char text[256]; };
        int main(void)
        {
            struct request r;
            memset(&r, 0, sizeof r);
            r.request_id = 0x01020304;
            r.user_id = 42;
            strcpy(r.cmd, "/찾기 타락파워전사");
            printf("%zu %zu %zu\n", sizeof r - sizeof(long), offsetof(struct request, cmd) - sizeof(long),
                offsetof(struct result, text) - sizeof(long));
            for (size_t i = 0; i < sizeof r - sizeof(long); i++)
                printf("%02X", ((unsigned char *)&r.request_id)[i]);
            printf("\n");
            return 0;
        }
        """;

    private readonly StructCodec _codec = new();

    [RequiresCCompilerFact]
    public async Task Write_Request_IsTheCStruct()
    {
        using var folder = new TempFolder();
        string program = await CCompiler.CompileTextAsync(folder, "request", Program);
        string[] lines = (await ProcessOutput.ReadAsync(program)).Split('\n');
        Assert.Equal($"{StructCodec.FrameBytes} {StructCodec.HeadBytes} {StructCodec.HeadBytes}", lines[0]);

        using var frame = new PooledBuffer();
        _codec.Write(
            new Envelope { Kind = MessageKind.Request, RequestId = 0x01020304, UserId = 42 }, new CommandRequest("/찾기 타락파워전사"), frame);
        Assert.Equal(lines[1], Convert.ToHexString(frame.WrittenSpan));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void TryRead_ShorterThanTheHead_IsTruncated(int length) => Assert.Equal(FrameFault.Truncated, Read(Frame(1, 0, "a")[..length], out _));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MinValue, 0)]
    [InlineData(1, -1)]
    public void TryRead_NumbersOutOfRange_IsMalformed(int requestId, int userId) =>
        Assert.Equal(FrameFault.Malformed, Read(Frame(requestId, userId, "a"), out _));

    [Theory]
    [InlineData("")]
    [InlineData("/who")]
    [InlineData("/who\0")]
    public void TryRead_ShortFrame_IsAccepted(string text)
    {
        Assert.Equal(FrameFault.None, Read(Frame(int.MaxValue, int.MaxValue, text), out Envelope envelope));
        Assert.Equal((ulong)int.MaxValue, envelope.RequestId);
        Assert.Equal(int.MaxValue, envelope.UserId);
    }

    [Fact]
    public void TryRead_AtTheEndOfTheArray_NeedsNoNul()
    {
        Assert.Equal(FrameFault.None, Read(Frame(1, 0, new string('a', StructCodec.TextBytes)), out _));
        Assert.Equal(FrameFault.Malformed, Read(Frame(1, 0, new string('a', StructCodec.TextBytes + 1)), out _));
        Assert.Equal(FrameFault.None, Read([.. Frame(1, 0, new string('a', StructCodec.TextBytes - 1)), .. new byte[9]], out _));
    }

    [Fact]
    public void TryRead_RequestNotUtf8_IsMalformed() => Assert.Equal(FrameFault.Malformed, Read([.. Frame(1, 0, "/"), 0xb0, 0xa1], out _));

    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(0x80000000UL, 1)]
    [InlineData(1UL, -1)]
    public void Write_NumbersOutOfRange_Throws(ulong requestId, int userId)
    {
        using var frame = new PooledBuffer();
        var envelope = new Envelope { Kind = MessageKind.Request, RequestId = requestId, UserId = userId };
        Assert.Throws<ArgumentException>(() => _codec.Write(envelope, new CommandRequest("a"), frame));
    }

    private static byte[] Frame(int requestId, int userId, string text)
    {
        byte[] frame = [.. new byte[StructCodec.HeadBytes], .. Encoding.UTF8.GetBytes(text)];
        MemoryMarshal.Write(frame, requestId);
        MemoryMarshal.Write(frame.AsSpan(sizeof(int)), userId);
        return frame;
    }

    private FrameFault Read(byte[] frame, out Envelope envelope)
    {
        using var scratch = new PooledBuffer();
        return _codec.TryRead(frame, scratch, MessageKind.Request, out envelope, out _);
    }
}
