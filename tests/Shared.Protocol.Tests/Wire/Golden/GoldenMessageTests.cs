using System.Reflection;
using Shared.Protocol.Messages;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.Golden;

public sealed class GoldenMessageTests
{
    /// <summary>The numbers in use, frozen: one may be added, none changed or removed.</summary>
    private static readonly Dictionary<string, int> s_frozenNumbers = new()
    {
        ["CommandRequest"] = 1,
        ["CommandResult"] = 2,
        ["LogInRequest"] = 3,
        ["LogInResult"] = 4,
        ["LogOutRequest"] = 5,
        ["LogOutResult"] = 6,
        ["CatalogueRequest"] = 7,
        ["CatalogueResult"] = 8,
        ["GameEvent"] = 16,
        ["SessionUpdate"] = 17,
        ["SessionEnded"] = 18,
        ["Greeting"] = 32,
        ["GreetingAnswer"] = 33,
        ["Farewell"] = 34,
        ["DeliveryReport"] = 35,
        ["PresenceUpdate"] = 36,
        ["PresenceAck"] = 37,
        ["FarewellAnswer"] = 38,
        ["ClientLogIn"] = 65,
        ["ClientLine"] = 66,
        ["ClientBye"] = 67,
        ["ClientPong"] = 68,
        ["ServerLoggedIn"] = 80,
        ["ServerRefused"] = 81,
        ["ServerResult"] = 82,
        ["ServerEvent"] = 83,
        ["ServerNotice"] = 84,
        ["ServerPing"] = 85,
    };

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, GoldenMessages.All.Count)];

    public static TheoryData<int> EarlierIndexes => [.. Enumerable.Range(0, GoldenMessages.Earlier.Count)];

    /// <summary>Those with all their fields: some messages leave out the last ones where they say nothing.</summary>
    public static TheoryData<int> WholeIndexes => [.. Enumerable.Range(0, GoldenMessages.All.Count).Where(IsWhole)];

    public static TheoryData<int> PlainWholeIndexes =>
        [.. Enumerable.Range(0, GoldenMessages.All.Count).Where(index => IsWhole(index) && !IsResultBody(index))];

    public static TheoryData<int> PlainIndexes => [.. Enumerable.Range(0, GoldenMessages.All.Count).Where(index => !IsResultBody(index))];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Write_EveryMessage_GivesItsGoldenBytes(int index)
    {
        IGoldenMessage golden = GoldenMessages.All[index];
        Assert.Equal(Convert.ToHexString(golden.GoldenBytes), Convert.ToHexString(golden.Write()));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Read_GoldenBytes_LosesNothing(int index)
    {
        IGoldenMessage golden = GoldenMessages.All[index];
        Assert.Equal(Convert.ToHexString(golden.GoldenBytes), Convert.ToHexString(golden.ReadAndWriteAgain(golden.GoldenBytes)));
    }

    [Theory]
    [MemberData(nameof(EarlierIndexes))]
    public void Read_BytesOfAnEarlierVersion_GivesTheSameMessage(int index)
    {
        IGoldenMessage earlier = GoldenMessages.Earlier[index];
        Assert.Equal(Convert.ToHexString(earlier.Write()), Convert.ToHexString(earlier.ReadAndWriteAgain(earlier.GoldenBytes)));
        Assert.True(Fields(earlier.GoldenBytes).Length < Fields(earlier.Write()).Length);
    }

    [Theory]
    [MemberData(nameof(WholeIndexes))]
    public void Read_WithFieldsOfALaterVersion_SkipsThem(int index)
    {
        IGoldenMessage golden = GoldenMessages.All[index];
        byte[][] fields = [.. Fields(golden.GoldenBytes), [0x93, 0x01, 0x81, 0xa1, 0x78, 0xc3, 0xc0], [0xc0]];
        Assert.Equal(Convert.ToHexString(golden.GoldenBytes), Convert.ToHexString(golden.ReadAndWriteAgain(Array(fields))));
    }

    [Theory]
    [MemberData(nameof(PlainWholeIndexes))]
    public void Read_WithoutFieldsThatCameLater_TakesThemAsDefault(int index)
    {
        IGoldenMessage golden = GoldenMessages.All[index];
        byte[][] fields = Fields(golden.GoldenBytes);
        for (int count = 1; count < fields.Length; count++)
        {
            byte[][] read = Fields(golden.ReadAndWriteAgain(Array(fields[..count])));
            int common = Math.Min(count, read.Length);
            Assert.Equal(fields[..common], read[..common]);

            // What was not there, and what says nothing and so is left out.
            Assert.All([.. read[common..], .. fields[common..count]], field =>
                Assert.True(field[0] is 0x00 or 0x01 or 0x04 or 0xa0 or 0x90 or 0xc0 or 0xc2));
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Read_TruncatedAtEveryByte_IsRefused(int index)
    {
        IGoldenMessage golden = GoldenMessages.All[index];
        for (int length = 0; length < golden.GoldenBytes.Length; length++)
        {
            byte[] cut = golden.GoldenBytes[..length];
            Assert.Throws<MessagePackSerializationException>(() => golden.ReadAndWriteAgain(cut));
        }
    }

    [Theory]
    [MemberData(nameof(PlainIndexes))]
    public void Read_OfAnotherTypeNumber_IsRefused(int index)
    {
        IGoldenMessage golden = GoldenMessages.All[index];
        byte[] other = golden.GoldenBytes;
        other[1] = 0x7f;
        Assert.Throws<MessagePackSerializationException>(() => golden.ReadAndWriteAgain(other));
    }

    [Fact]
    public void MessageTypes_EveryNumber_IsFrozenAndHasAGoldenMessage()
    {
        var numbers = typeof(MessageTypes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

        Assert.Equal(s_frozenNumbers.OrderBy(pair => pair.Value), numbers.OrderBy(pair => pair.Value));
        Assert.Equal(numbers.Count, numbers.Values.Distinct().Count());
        Assert.All(numbers, pair => Assert.Contains(GoldenMessages.All, golden => golden.Name == pair.Key && golden.TypeNumber == pair.Value));
    }

    [Fact]
    public void MessageTypes_EveryImplementation_HasAGoldenMessage()
    {
        IEnumerable<string> names = typeof(MessageTypes).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IWireMessage<>)))
            .Select(type => type.Name);
        Assert.All(names, name => Assert.Contains(GoldenMessages.All, golden => golden.Name == name));
    }

    [Theory]
    [MemberData(nameof(PlainIndexes))]
    public void Peek_EveryMessage_GivesItsTypeNumber(int index) =>
        Assert.Equal(GoldenMessages.All[index].TypeNumber, MessageTypes.Peek(GoldenMessages.All[index].GoldenBytes));

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("01")]
    [InlineData("91 a0")]
    [InlineData("dd ffffffff 01")]
    public void Peek_WhatIsNoMessage_GivesZero(string hex) =>
        Assert.Equal(0, MessageTypes.Peek(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal))));

    private static bool IsWhole(int index)
    {
        IGoldenMessage golden = GoldenMessages.All[index];
        return golden.GoldenBytes[0] == GoldenMessages.All.Where(other => other.Name == golden.Name).Max(other => other.GoldenBytes[0]);
    }

    private static bool IsResultBody(int index) => GoldenMessages.All[index].Name.StartsWith("ResultBody", StringComparison.Ordinal);

    private static byte[][] Fields(byte[] array)
    {
        var reader = new MessagePackReader(array);
        var fields = new byte[reader.ReadArrayHeader()][];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.ReadRaw().ToArray();
        }

        return fields;
    }

    private static byte[] Array(byte[][] fields) => [(byte)(0x90 | fields.Length), .. fields.SelectMany(field => field)];
}
