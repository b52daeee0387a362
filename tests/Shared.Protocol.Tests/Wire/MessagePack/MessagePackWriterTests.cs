using System.Text;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.MessagePack;

public sealed class MessagePackWriterTests
{
    [Theory]
    [InlineData(0L, "00")]
    [InlineData(127L, "7f")]
    [InlineData(128L, "cc80")]
    [InlineData(255L, "ccff")]
    [InlineData(256L, "cd0100")]
    [InlineData(65535L, "cdffff")]
    [InlineData(65536L, "ce00010000")]
    [InlineData(4294967295L, "ceffffffff")]
    [InlineData(4294967296L, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1L, "ff")]
    [InlineData(-32L, "e0")]
    [InlineData(-33L, "d0df")]
    [InlineData(-128L, "d080")]
    [InlineData(-129L, "d1ff7f")]
    [InlineData(-32768L, "d18000")]
    [InlineData(-32769L, "d2ffff7fff")]
    [InlineData(int.MinValue, "d280000000")]
    [InlineData(int.MinValue - 1L, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void Write_Integer_TakesTheSmallestEncoding(long value, string hex)
    {
        Assert.Equal(hex, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.Write(value))));
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Assert.Equal(hex, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.Write((int)value))));
        }

        if (value is >= 0 and <= byte.MaxValue)
        {
            Assert.Equal(hex, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.Write((byte)value))));
        }
    }

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(10, "aa")]
    [InlineData(11, "ab")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void Write_String_TakesTheSmallestHeader(int bytes, string header)
    {
        string text = new('x', bytes);
        string expected = header + Hex.Of(Encoding.ASCII.GetBytes(text));
        Assert.Equal(expected, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.Write(text))));
        Assert.Equal(expected, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.WriteString(Encoding.ASCII.GetBytes(text)))));
    }

    [Theory]
    [InlineData("가나다라마바사아자차")]
    [InlineData("가나다라마바사아자차카")]
    [InlineData("😀😀😀😀😀")]
    [InlineData("a\0b\u200b")]
    public void Write_StringOutsideAscii_CountsBytes(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        string header = utf8.Length < 32 ? $"{0xa0 + utf8.Length:x2}" : $"d9{utf8.Length:x2}";
        Assert.Equal(header + Hex.Of(utf8), Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.Write(text))));
    }

    [Theory]
    [InlineData(0, "c400")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65536, "c600010000")]
    public void Write_Bytes_TakesTheSmallestHeader(int length, string header)
    {
        byte[] bytes = new byte[length];
        Assert.Equal(header + Hex.Of(bytes), Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.Write(bytes))));
        Assert.Equal(header, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.WriteBinHeader(length))));
    }

    [Theory]
    [InlineData(0, "90", "80")]
    [InlineData(15, "9f", "8f")]
    [InlineData(16, "dc0010", "de0010")]
    [InlineData(65535, "dcffff", "deffff")]
    [InlineData(65536, "dd00010000", "df00010000")]
    public void WriteHeader_OfAnArrayOrMap_TakesTheSmallest(int count, string array, string map)
    {
        Assert.Equal(array, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.WriteArrayHeader(count))));
        Assert.Equal(map, Hex.Of(Hex.Written((ref MessagePackWriter writer) => writer.WriteMapHeader(count))));
    }

    [Fact]
    public void Write_OtherScalars_GivesTheirBytes() =>
        Assert.Equal(
            "c0 c3 c2 ca3fc00000 cb3ff8000000000000 c0".Replace(" ", string.Empty, StringComparison.Ordinal),
            Hex.Of(Hex.Written((ref MessagePackWriter writer) =>
            {
                writer.WriteNil();
                writer.Write(true);
                writer.Write(false);
                writer.Write(1.5f);
                writer.Write(1.5);
                writer.Write((string?)null);
            })));

    [Fact]
    public void Write_LoneSurrogate_Throws()
    {
        // Not inline data: an attribute's strings are UTF-8 and cannot hold these.
        string[] texts = ["short \ud800", "\udc00 a text that is longer than ten characters"];
        Assert.All(texts, text => Assert.Throws<ArgumentException>(() => Hex.Written((ref MessagePackWriter writer) => writer.Write(text))));
    }

    [Fact]
    public void WriteString_NotUtf8_Throws() =>
        Assert.Throws<ArgumentException>(() => Hex.Written((ref MessagePackWriter writer) => writer.WriteString([0xed, 0xa0, 0x80])));

    [Fact]
    public void WriteHeader_NegativeCount_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex.Written((ref MessagePackWriter writer) => writer.WriteArrayHeader(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex.Written((ref MessagePackWriter writer) => writer.WriteMapHeader(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hex.Written((ref MessagePackWriter writer) => writer.WriteBinHeader(-1)));
    }

    [Fact]
    public void Flush_BehindWhatTheOutputHolds_Appends()
    {
        using var buffer = new PooledBuffer(1);
        for (int i = 0; i < 1000; i++)
        {
            var writer = new MessagePackWriter(buffer);
            writer.WriteArrayHeader(2);
            writer.Write(i);
            writer.Flush();
            writer.Write("after a flush");
            writer.Flush();
        }

        var reader = new MessagePackReader(buffer.WrittenSpan);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(2, reader.ReadArrayHeader());
            Assert.Equal(i, reader.ReadInt32());
            Assert.Equal("after a flush", reader.ReadString());
        }

        Assert.True(reader.End);
    }
}
