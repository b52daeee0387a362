using System.Text;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.MessagePack;

public sealed class RecurringTextsTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    [InlineData("find")]
    [InlineData("찾기")]
    [InlineData("same_map")]
    [InlineData("sixteen_letters_")]
    public void ReadRecurringString_TheSameAgain_IsTheSameObject(string text) => Assert.Same(Read(text), Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("seventeen_letters")]
    public void ReadRecurringString_NoneOrLong_IsReadAsAnyOther(string text)
    {
        Assert.Equal(text, Read(text));
        Assert.Equal(text, Read(text));
    }

    [Fact]
    public void ReadRecurringString_Nil_IsNull() => Assert.Null(new MessagePackReader([0xc0]).ReadRecurringString());

    [Theory]
    [InlineData("a2c328")]
    [InlineData("a461")]
    [InlineData("93")]
    [InlineData("")]
    public void ReadRecurringString_NotUtf8OrCutOffOrNoString_IsRefused(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        for (int time = 0; time < 2; time++)
        {
            Assert.Throws<MessagePackSerializationException>(() =>
            {
                var reader = new MessagePackReader(bytes);
                return reader.ReadRecurringString();
            });
        }
    }

    /// <summary>More texts than there are places, and those that differ in one letter or in their length alone: each is read as what it is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ReadRecurringString_ManyTexts_NoneIsTakenForAnother(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 100_000; i++)
        {
            string text = random.Next(3) switch
            {
                0 => new string('a', random.Next(1, 17)),
                1 => new string('a', random.Next(0, 8)) + (char)('b' + random.Next(3)) + new string('a', random.Next(0, 8)),
                _ => random.Next(2000).ToString("x", System.Globalization.CultureInfo.InvariantCulture),
            };
            Assert.Equal(text, Read(text));
        }
    }

    private static string? Read(string text)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.Write(text);
        writer.Write(7);
        writer.Flush();
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 0, 17);
        var reader = new MessagePackReader(buffer.WrittenSpan);
        string? read = reader.ReadRecurringString();
        Assert.Equal(7, reader.ReadInt32());
        return read;
    }
}
