using System.Text;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Messages.CPrograms;

/// <summary>What both wires for C programs have in common.</summary>
public sealed class CProgramCodecTests
{
    private static readonly Envelope s_request = new() { Kind = MessageKind.Request, RequestId = 7, Generation = 9, ReplyMailbox = 2, UserId = 42 };
    private static readonly Envelope s_result = new() { Kind = MessageKind.Result, RequestId = 7, Generation = 9, UserId = 42 };

    public static TheoryData<WireFormat> Wires => [WireFormat.Text, WireFormat.Struct];

    [Theory]
    [MemberData(nameof(Wires))]
    public void Request_RoundTrip_KeepsTheLine(WireFormat wire)
    {
        using var frame = new PooledBuffer();
        FrameCodec codec = WireCodecs.For(wire);
        codec.Write(s_request, new CommandRequest("/찾기 타락파워전사"), frame);
        Envelope envelope = Read(codec, frame.WrittenSpan, MessageKind.Request, out byte[] body);
        var reader = new MessagePackReader(body);
        Assert.Equal("/찾기 타락파워전사", CommandRequest.Read(ref reader).Line);
        Assert.Equal(MessageKind.Request, envelope.Kind);
        Assert.Equal(2, envelope.ReplyMailbox);
        Assert.Equal(wire == WireFormat.Struct ? 7UL : 0, envelope.RequestId);
        Assert.Equal(wire == WireFormat.Struct ? 42 : 0, envelope.UserId);
        Assert.Equal((0UL, 0L), (envelope.Generation, envelope.DeadlineNs));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Result_RoundTrip_IsAReadyMadeText(WireFormat wire)
    {
        Envelope envelope = RoundTrip(wire, Ok("same_map", "여기 있습니다."), out CommandResult result);
        Assert.Equal(MessageKind.Result, envelope.Kind);
        Assert.Equal(0, envelope.ReplyMailbox);
        Assert.Equal(("", "text", "여기 있습니다."), (result.Command, result.Code, result.Text));
        Assert.Empty(result.Arguments);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Result_WithoutText_IsItsCode(WireFormat wire)
    {
        RoundTrip(wire, Ok("same_map", null), out CommandResult result);
        Assert.Equal("same_map", result.Text);
        RoundTrip(wire, new ResultBody<CommandResult>(ResultStatus.Error, "not_found", new CommandResult("find", "not_found", [], "없습니다."), true), out result);
        Assert.Equal("없습니다.", result.Text);
        RoundTrip(wire, new ResultBody<CommandResult>(ResultStatus.Busy, "overloaded", default, false), out result);
        Assert.Equal("overloaded", result.Text);
        RoundTrip(wire, new ResultBody<LogOutResult>(ResultStatus.Error, "internal", default, false), out result);
        Assert.Equal("internal", result.Text);
    }

    [Theory]
    [InlineData(WireFormat.Text, 1023)]
    [InlineData(WireFormat.Struct, 255)]
    public void Request_LineLongerThanTheArray_IsRefusedAndNeverCut(WireFormat wire, int roomBytes)
    {
        using var frame = new PooledBuffer();
        FrameCodec codec = WireCodecs.For(wire);
        string[] fitting = [new('a', roomBytes), new('가', roomBytes / 3), string.Empty];
        string[] unfit = [new('a', roomBytes + 1), new('가', (roomBytes / 3) + 1), new('a', 100_000), "/찾기 a\0b", "lone \ud800"];
        Assert.All(fitting, line => Assert.True(codec.CanCarry(new CommandRequest(line))));
        Assert.All(unfit, line =>
        {
            Assert.False(codec.CanCarry(new CommandRequest(line)));
            Assert.Throws<NotSupportedException>(() => codec.Write(s_request, new CommandRequest(line), frame));
        });
        Assert.Equal(0, frame.WrittenBytes);
        Assert.All(fitting, line =>
        {
            frame.Clear();
            codec.Write(s_request, new CommandRequest(line), frame);
            Read(codec, frame.WrittenSpan, MessageKind.Request, out byte[] body);
            var reader = new MessagePackReader(body);
            Assert.Equal(line, CommandRequest.Read(ref reader).Line);
        });
    }

    [Theory]
    [InlineData(WireFormat.Text, 1023)]
    [InlineData(WireFormat.Struct, 255)]
    public void Result_TextLongerThanTheArray_IsCutAtACharacter(WireFormat wire, int roomBytes)
    {
        RoundTrip(wire, Ok("x", new string('a', 5000)), out CommandResult result);
        Assert.Equal(new string('a', roomBytes), result.Text);

        // Three bytes each; 1023 and 255 are multiples of three, so that one byte before them moves the cut into a character.
        RoundTrip(wire, Ok("x", "a" + new string('가', 5000)), out result);
        Assert.Equal("a" + new string('가', (roomBytes - 1) / 3), result.Text);

        // A family of four people is one character of 25 bytes.
        const string Family = "👨\u200d👩\u200d👧\u200d👦";
        RoundTrip(wire, Ok("x", string.Concat(Enumerable.Repeat(Family, 100))), out result);
        Assert.Equal(string.Concat(Enumerable.Repeat(Family, roomBytes / Encoding.UTF8.GetByteCount(Family))), result.Text);

        // One character larger than the room: cut between its code points.
        RoundTrip(wire, Ok("x", "e" + new string('\u0301', 5000)), out result);
        Assert.Equal("e" + new string('\u0301', (roomBytes - 1) / 2), result.Text);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Result_WithANulOrALoneSurrogate_IsStillShown(WireFormat wire)
    {
        RoundTrip(wire, Ok("x", "before\0behind"), out CommandResult result);
        Assert.Equal("before", result.Text);
        RoundTrip(wire, Ok("x", "a\ud800b"), out result);
        Assert.Equal("a\ufffdb", result.Text);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Write_WhatTheWireDoesNotCarry_Throws(WireFormat wire)
    {
        using var frame = new PooledBuffer();
        FrameCodec codec = WireCodecs.For(wire);
        Assert.Throws<NotSupportedException>(() => codec.CanCarry(default(LogOutRequest)));
        Assert.Throws<NotSupportedException>(() => codec.Write(s_request, default(LogOutRequest), frame));
        Assert.Throws<NotSupportedException>(() => codec.Write(s_result with { Kind = MessageKind.Control }, new CommandRequest("a"), frame));
        Assert.Throws<NotSupportedException>(() => codec.Write(
            s_result, new ResultBody<LogOutResult>(ResultStatus.Ok, null, new LogOutResult(true), HasMessage: true), frame));
        Assert.Throws<NotSupportedException>(() => codec.WriteRaw(s_request, [0xc1], frame));
        Assert.Throws<ArgumentException>(() => codec.WriteRaw(s_result with { Part = new FramePart(0, 2) }, [0], frame));
        Assert.Equal(0, frame.WrittenBytes);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void WriteRaw_OfABodyInMessagePack_GivesTheSameFrame(WireFormat wire)
    {
        FrameCodec codec = WireCodecs.For(wire);
        using var frame = new PooledBuffer();
        using var raw = new PooledBuffer();
        codec.Write(s_request, new CommandRequest("/누구"), frame);
        Read(codec, frame.WrittenSpan, MessageKind.Request, out byte[] body);
        codec.WriteRaw(s_request, body, raw);
        Assert.Equal(frame.WrittenSpan.ToArray(), raw.WrittenSpan.ToArray());
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void TryRead_AnyBytes_NeverThrows(WireFormat wire)
    {
        using var scratch = new PooledBuffer();
        var random = new Random(20240229);
        for (int round = 0; round < 5000; round++)
        {
            byte[] frame = new byte[random.Next(1200)];
            random.NextBytes(frame);
            FrameFault fault = WireCodecs.For(wire).TryRead(frame, scratch, (MessageKind)random.Next(6), out _, out _);
            Assert.True(Enum.IsDefined(fault));
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void TryRead_KindThatTheWireDoesNotCarry_IsMalformed(WireFormat wire)
    {
        using var frame = new PooledBuffer();
        using var scratch = new PooledBuffer();
        FrameCodec codec = WireCodecs.For(wire);
        codec.Write(s_request, new CommandRequest("/누구"), frame);
        Assert.Equal(FrameFault.Malformed, codec.TryRead(frame.WrittenSpan, scratch, MessageKind.Event, out _, out _));
        Assert.Equal(FrameFault.Malformed, codec.TryRead(frame.WrittenSpan, scratch, MessageKind.Control, out _, out _));
    }

    [Fact]
    public void For_EveryWire_GivesItsCodec()
    {
        Assert.All(Enum.GetValues<WireFormat>(), wire => Assert.Equal(wire, WireCodecs.For(wire).Format));
        Assert.Throws<ArgumentOutOfRangeException>(() => WireCodecs.For(0));
    }

    private static ResultBody<CommandResult> Ok(string code, string? text) =>
        new(ResultStatus.Ok, null, new CommandResult("find", code, [], text), HasMessage: true);

    private static Envelope RoundTrip<T>(WireFormat wire, ResultBody<T> sent, out CommandResult result)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        FrameCodec codec = WireCodecs.For(wire);
        codec.Write(s_result, sent, frame);
        Assert.Equal(0, frame.WrittenSpan[^1]);
        Envelope envelope = Read(codec, frame.WrittenSpan, MessageKind.Result, out byte[] body);
        var reader = new MessagePackReader(body);
        ResultBody<CommandResult> received = ResultBody<CommandResult>.Read(ref reader);
        Assert.True(reader.End);
        Assert.Equal(ResultStatus.Ok, received.Status);
        result = received.Message;
        return envelope;
    }

    private static Envelope Read(FrameCodec codec, ReadOnlySpan<byte> frame, MessageKind kind, out byte[] body)
    {
        using var scratch = new PooledBuffer();
        Assert.Equal(FrameFault.None, codec.TryRead(frame, scratch, kind, out Envelope envelope, out ReadOnlySpan<byte> found));
        body = found.ToArray();
        return envelope;
    }
}
