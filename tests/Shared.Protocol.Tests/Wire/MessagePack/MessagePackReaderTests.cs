using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.MessagePack;

public sealed class MessagePackReaderTests
{
    [Theory]
    [InlineData("07", 7)]
    [InlineData("cc07", 7)]
    [InlineData("cd0007", 7)]
    [InlineData("ce00000007", 7)]
    [InlineData("cf0000000000000007", 7)]
    [InlineData("d007", 7)]
    [InlineData("d10007", 7)]
    [InlineData("d200000007", 7)]
    [InlineData("d30000000000000007", 7)]
    public void ReadInteger_InAnyEncoding_GivesItsValue(string hex, int value)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.Equal(value, new MessagePackReader(bytes).ReadByte());
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt32());
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt64());
        Assert.Equal((ulong)value, new MessagePackReader(bytes).ReadUInt64());
        Assert.Equal(value, new MessagePackReader(bytes).ReadDouble());
        Assert.Equal(value, new MessagePackReader(bytes).ReadSingle());
    }

    [Theory]
    [InlineData("ff", -1)]
    [InlineData("e0", -32)]
    [InlineData("d0ff", -1)]
    [InlineData("d18000", -32768)]
    [InlineData("d280000000", int.MinValue)]
    [InlineData("d3ffffffffffffffff", -1)]
    public void ReadInteger_Negative_GivesItsValue(string hex, int value)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt32());
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt64());
        Assert.Equal(value, new MessagePackReader(bytes).ReadDouble());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(bytes).ReadUInt64());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(bytes).ReadByte());
    }

    [Fact]
    public void ReadInteger_OutOfRange_IsRefused()
    {
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes("cd0100")).ReadByte());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes("ce80000000")).ReadInt32());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes("d3ffffffff7fffffff")).ReadInt32());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes("cf8000000000000000")).ReadInt64());
        Assert.Equal(ulong.MaxValue, new MessagePackReader(Hex.Bytes("cfffffffffffffffff")).ReadUInt64());
        Assert.Equal(long.MinValue, new MessagePackReader(Hex.Bytes("d38000000000000000")).ReadInt64());
    }

    [Fact]
    public void Read_FloatsBooleansNilAndBytes_GivesThem()
    {
        var reader = new MessagePackReader(Hex.Bytes("ca3fc00000 cbbfd0000000000000 c3 c2 c0 c403010203 81 01 02"));
        Assert.Equal(1.5f, reader.ReadSingle());
        Assert.Equal(-0.25, reader.ReadDouble());
        Assert.True(reader.ReadBoolean());
        Assert.False(reader.TryReadNil());
        Assert.False(reader.ReadBoolean());
        Assert.True(reader.TryReadNil());
        Assert.Equal("010203", Hex.Of(reader.ReadBytesSpan()));
        Assert.Equal(1, reader.ReadMapHeader());
        Assert.Equal("0102", Hex.Of([.. reader.ReadRaw(), .. reader.ReadRaw()]));
        Assert.True(reader.End);
        Assert.Equal(25, reader.ConsumedBytes);
    }

    [Theory]
    [InlineData("a3 616263")]
    [InlineData("d903 616263")]
    [InlineData("da0003 616263")]
    [InlineData("db00000003 616263")]
    public void ReadString_WithAnyHeader_GivesIt(string hex)
    {
        Assert.Equal("abc", new MessagePackReader(Hex.Bytes(hex)).ReadString());
        Assert.Equal("616263", Hex.Of(new MessagePackReader(Hex.Bytes(hex)).ReadStringSpan()));
    }

    [Theory]
    [InlineData("a1 80")]
    [InlineData("a2 c080")]
    [InlineData("a2 eab0")]
    [InlineData("a3 eda080")]
    [InlineData("a4 f4908080")]
    [InlineData("a4 61ff6263")]
    public void ReadString_NotUtf8_IsRefused(string hex)
    {
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes(hex)).ReadString());
        Assert.Throws<MessagePackSerializationException>(() => _ = new MessagePackReader(Hex.Bytes(hex)).ReadStringSpan().Length);
    }

    [Theory]
    [InlineData("91")]
    [InlineData("9f 0000")]
    [InlineData("dcffff 00")]
    [InlineData("ddffffffff 00")]
    [InlineData("dd7fffffff 00")]
    [InlineData("dc00")]
    public void ReadArrayHeader_ThatAnnouncesMoreThanThereIs_IsRefused(string hex) =>
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes(hex)).ReadArrayHeader());

    [Theory]
    [InlineData("81 00")]
    [InlineData("82 000000")]
    [InlineData("dfffffffff 0000")]
    [InlineData("df80000000 0000")]
    public void ReadMapHeader_ThatAnnouncesMoreThanThereIs_IsRefused(string hex) =>
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes(hex)).ReadMapHeader());

    [Theory]
    [InlineData("a1")]
    [InlineData("d9ff 61")]
    [InlineData("daffff 61")]
    [InlineData("dbffffffff 61")]
    [InlineData("db7fffffff 61")]
    [InlineData("c401")]
    [InlineData("c6ffffffff 00")]
    [InlineData("c7ff 05")]
    [InlineData("c9ffffffff 05")]
    [InlineData("c800")]
    [InlineData("d4 05")]
    [InlineData("d8 05 00")]
    [InlineData("ca 000000")]
    [InlineData("cb 00000000000000")]
    [InlineData("cf 00000000000000")]
    [InlineData("d1 00")]
    [InlineData("92 00")]
    [InlineData("81 a1 61")]
    [InlineData("c1")]
    [InlineData("91 c1")]
    [InlineData("")]
    public void Skip_OfWhatIsCutOffOrNoMessagePack_IsRefused(string hex) =>
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes(hex)).Skip());

    [Theory]
    [InlineData("c0")]
    [InlineData("e0")]
    [InlineData("a1 61")]
    [InlineData("d900")]
    [InlineData("c5 0001 00")]
    [InlineData("c7 00 05")]
    [InlineData("c7 02 05 0000")]
    [InlineData("c8 0001 05 00")]
    [InlineData("c9 00000001 05 00")]
    [InlineData("d4 05 00")]
    [InlineData("d5 05 0000")]
    [InlineData("d6 05 00000000")]
    [InlineData("d7 05 0000000000000000")]
    [InlineData("d8 05 00000000000000000000000000000000")]
    [InlineData("ca 00000000")]
    [InlineData("cb 0000000000000000")]
    [InlineData("d3 0000000000000000")]
    [InlineData("90")]
    [InlineData("80")]
    [InlineData("93 91 90 80 c0")]
    [InlineData("82 01 92 02 03 a1 61 81 c0 c0")]
    [InlineData("dc 0001 dd 00000001 de 0001 c0 df 00000001 c0 c0")]
    public void Skip_AnyValue_EndsBehindIt(string hex)
    {
        byte[] bytes = [.. Hex.Bytes(hex), 0xc0];
        var reader = new MessagePackReader(bytes);
        reader.Skip();
        Assert.Equal(bytes.Length - 1, reader.ConsumedBytes);
        Assert.Equal(Hex.Of(bytes.AsSpan(..^1)), Hex.Of(new MessagePackReader(bytes).ReadRaw()));
    }

    [Theory]
    [InlineData(MessagePackReader.MaxDepth, true)]
    [InlineData(MessagePackReader.MaxDepth + 1, false)]
    [InlineData(10_000, false)]
    [InlineData(10_000_000, false)]
    public void Skip_Nested_EndsAtTheLimit(int depth, bool isAccepted)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0x91, depth), 0xc0];
        if (isAccepted)
        {
            new MessagePackReader(bytes).Skip();
            return;
        }

        Exception exception = Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(bytes).Skip());
        Assert.Contains("deeper", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnotherType_NamesWhatWasFound()
    {
        Exception exception = Assert.Throws<MessagePackSerializationException>(() =>
        {
            var reader = new MessagePackReader(Hex.Bytes("01 c3"));
            reader.Skip();
            reader.ReadInt32();
        });
        Assert.Equal("An integer of 32 bits was expected at byte 1; 0xc3 was found.", exception.Message);
    }

    [Fact]
    public void Read_AtTheEnd_IsRefused()
    {
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader([]).TryReadNil());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader([]).ReadBoolean());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader([]).ReadInt32());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader([]).ReadDouble());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader([]).ReadString());
        Assert.Throws<MessagePackSerializationException>(() => _ = new MessagePackReader([]).ReadBytesSpan().Length);
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader([]).ReadArrayHeader());
        Assert.Throws<MessagePackSerializationException>(() => new MessagePackReader(Hex.Bytes("a161")).ReadBoolean());
        Assert.Throws<MessagePackSerializationException>(() => _ = new MessagePackReader(Hex.Bytes("a161")).ReadBytesSpan().Length);
        Assert.Throws<MessagePackSerializationException>(() => _ = new MessagePackReader(Hex.Bytes("c0")).ReadStringSpan().Length);
    }
}
