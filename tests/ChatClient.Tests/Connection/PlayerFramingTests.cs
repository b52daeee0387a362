using System.Buffers;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace ChatClient.Tests.Connection;

public sealed class PlayerFramingTests
{
    [Fact]
    public void WriteFrame_ThenRead_GivesTheMessagesInOrder()
    {
        using var output = new PooledBuffer();
        PlayerFraming.WriteFrame(output, new ClientLine(1, "하나"));
        PlayerFraming.WriteFrame(output, new ClientLine(2, new string('둘', 100_000)));
        var received = new ReadOnlySequence<byte>(output.WrittenMemory);

        Assert.True(PlayerFraming.TryReadFrame(ref received, 1 << 20, out ReadOnlySequence<byte> first, out _));
        Assert.True(PlayerFraming.TryReadFrame(ref received, 1 << 20, out ReadOnlySequence<byte> second, out _));
        Assert.Equal(new ClientLine(1, "하나"), PlayerFraming.ReadMessage<ClientLine>(first.ToArray()));
        Assert.Equal(new ClientLine(2, new string('둘', 100_000)), PlayerFraming.ReadMessage<ClientLine>(second.ToArray()));
        Assert.True(received.IsEmpty);
    }

    [Fact]
    public void TryReadFrame_CutAnywhereAndInPieces_WaitsForTheRest()
    {
        using var output = new PooledBuffer();
        PlayerFraming.WriteFrame(output, new ClientLine(7, "가나다"));
        byte[] frame = output.WrittenSpan.ToArray();
        for (int length = 0; length < frame.Length; length++)
        {
            ReadOnlySequence<byte> part = InPieces(frame.AsMemory(0, length));
            Assert.False(PlayerFraming.TryReadFrame(ref part, 1024, out _, out PlayerFrameFault fault));
            Assert.Equal(PlayerFrameFault.None, fault);
            Assert.Equal(length, part.Length);
        }

        ReadOnlySequence<byte> whole = InPieces(frame);
        Assert.True(PlayerFraming.TryReadFrame(ref whole, 1024, out ReadOnlySequence<byte> payload, out _));
        Assert.Equal("가나다", PlayerFraming.ReadMessage<ClientLine>(payload.ToArray()).Text);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 }, PlayerFrameFault.Empty)]
    [InlineData(new byte[] { 0, 0, 4, 1 }, PlayerFrameFault.TooLong)]
    [InlineData(new byte[] { 0x80, 0, 0, 0 }, PlayerFrameFault.TooLong)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, PlayerFrameFault.TooLong)]
    [InlineData(new byte[] { 0, 0, 4, 0 }, PlayerFrameFault.None)]
    public void TryReadFrame_LengthAlone_IsJudgedAtOnce(byte[] bytes, PlayerFrameFault expected)
    {
        var received = new ReadOnlySequence<byte>(bytes);

        Assert.False(PlayerFraming.TryReadFrame(ref received, 1024, out _, out PlayerFrameFault fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void ReadMessage_BytesBehindTheMessage_AreRefused()
    {
        using var output = new PooledBuffer();
        PlayerFraming.WriteFrame(output, new ServerPing());
        byte[] payload = [.. output.WrittenSpan[PlayerProtocol.LengthBytes..], 0xC0];

        Assert.Throws<MessagePackSerializationException>(() => PlayerFraming.ReadMessage<ServerPing>(payload));
    }

    [Fact]
    public void WriteFrame_AfterWarmUp_AllocatesNothing()
    {
        using var output = new PooledBuffer();
        var line = new ClientLine(1, "/찾기 타락파워전사");
        for (int i = 0; i < 100; i++)
        {
            output.Clear();
            PlayerFraming.WriteFrame(output, line);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            output.Clear();
            PlayerFraming.WriteFrame(output, line);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ReadOnlySequence<byte> InPieces(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return new ReadOnlySequence<byte>(bytes);
        }

        var first = new Piece(bytes[..1], 0);
        Piece last = first;
        for (int i = 1; i < bytes.Length; i++)
        {
            last = last.Append(bytes.Slice(i, 1));
        }

        return new ReadOnlySequence<byte>(first, 0, last, 1);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
