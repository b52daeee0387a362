using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Shared.Protocol.Tests.Wire.Golden;
using Shared.Protocol.Tests.Wire.MessagePack;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.Independent;

/// <summary>Our bytes are read by other implementations as what we wrote, and theirs by ours.</summary>
public sealed class IndependentPeerTests
{
    private static readonly object?[] s_values =
    [
        null, true, false,
        0UL, 127UL, 128UL, 255UL, 256UL, 65535UL, 65536UL, 4294967295UL, 4294967296UL, ulong.MaxValue,
        -1L, -32L, -33L, -128L, -129L, -32768L, -32769L, (long)int.MinValue, int.MinValue - 1L, long.MinValue,
        1.5, -0.25, Math.PI, 1.5e-300,
        "", "타락파워전사", "😀", "a\0b", new string('x', 31), new string('x', 32), new string('가', 85), new string('x', 256), new string('x', 65536),
        Array.Empty<byte>(), new byte[255], new byte[256], new byte[65536],
    ];

    [PythonFact]
    public void Values_WithPython_AreTheSameBothWays() => ExchangeValues(IndependentPeer.Python!);

    [NodeFact]
    public void Values_WithNode_AreTheSameBothWays() => ExchangeValues(IndependentPeer.Node!);

    [PythonFact]
    public void Messages_WithPython_AreTheSameBothWays() => ExchangeMessages(IndependentPeer.Python!);

    [NodeFact]
    public void Messages_WithNode_AreTheSameBothWays() => ExchangeMessages(IndependentPeer.Node!);

    private static void ExchangeValues(IndependentPeer peer)
    {
        var answers = peer.Exchange(s_values.Select(Write));
        Assert.Equal(s_values.Length, answers.Count);
        Assert.All(s_values.Zip(answers), pair =>
        {
            Assert.Equal(Describe(pair.First), pair.Second.Description);
            AssertReads(pair.First, pair.Second.Encoded);
        });

        // All of them in one array, and in a map.
        byte[] array = Hex.Written((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(s_values.Length);
            foreach (object? value in s_values)
            {
                writer.WriteRaw(Write(value));
            }
        });
        byte[] map = Hex.Written((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(1);
            writer.Write("키");
            writer.Write(7);
        });
        answers = peer.Exchange([array, map]);
        Assert.Equal("[" + string.Join(',', s_values.Select(Describe)) + "]", answers[0].Description);
        Assert.Equal("{" + Describe("키") + "=7}", answers[1].Description);
        var reader = new MessagePackReader(answers[0].Encoded);
        Assert.Equal(s_values.Length, reader.ReadArrayHeader());
        foreach (object? value in s_values)
        {
            AssertReads(value, reader.ReadRaw().ToArray());
        }

        reader = new MessagePackReader(answers[1].Encoded);
        Assert.Equal(1, reader.ReadMapHeader());
        Assert.Equal("키", reader.ReadString());
        Assert.Equal(7, reader.ReadInt32());
    }

    private static void ExchangeMessages(IndependentPeer peer)
    {
        var messages = peer.Exchange(GoldenMessages.All.Select(golden => golden.Write()));
        Assert.All(
            GoldenMessages.All.Zip(messages),
            pair => Assert.Equal(Hex.Of(pair.First.GoldenBytes), Hex.Of(pair.First.ReadAndWriteAgain(pair.Second.Encoded))));

        using var scratch = new PooledBuffer();
        var codec = new MessagePackCodec();
        var frames = peer.Exchange(GoldenFrames.All.Select(golden => golden.Frame));
        Assert.All(GoldenFrames.All.Zip(frames), pair =>
        {
            FrameFault fault = codec.TryRead(pair.Second.Encoded, scratch, default, out Envelope envelope, out ReadOnlySpan<byte> body);
            Assert.Equal(FrameFault.None, fault);
            Assert.Equal(pair.First.Envelope, envelope);
            Assert.Equal(Hex.Of(pair.First.Body), Hex.Of(body));
        });
    }

    private static byte[] Write(object? value) => Hex.Written((ref MessagePackWriter writer) =>
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case bool boolean:
                writer.Write(boolean);
                break;
            case ulong number:
                writer.Write(number);
                break;
            case long number:
                writer.Write(number);
                break;
            case double number:
                writer.Write(number);
                break;
            case string text:
                writer.Write(text);
                break;
            default:
                writer.Write((byte[])value);
                break;
        }
    });

    private static string Describe(object? value)
    {
        switch (value)
        {
            case null:
                return "nil";
            case bool boolean:
                return boolean ? "true" : "false";
            case double number:
                byte[] bits = new byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleBigEndian(bits, number);
                return "f:" + Hex.Of(bits);
            case string text:
                return "s:" + Hex.Of(Encoding.UTF8.GetBytes(text));
            case byte[] bytes:
                return "b:" + Hex.Of(bytes);
            default:
                return Convert.ToString(value, CultureInfo.InvariantCulture)!;
        }
    }

    private static void AssertReads(object? value, byte[] encoded)
    {
        var reader = new MessagePackReader(encoded);
        switch (value)
        {
            case null:
                Assert.True(reader.TryReadNil());
                break;
            case bool boolean:
                Assert.Equal(boolean, reader.ReadBoolean());
                break;
            case ulong number:
                Assert.Equal(number, reader.ReadUInt64());
                break;
            case long number:
                Assert.Equal(number, reader.ReadInt64());
                break;
            case double number:
                Assert.Equal(number, reader.ReadDouble());
                break;
            case string text:
                Assert.Equal(text, reader.ReadString());
                break;
            default:
                Assert.Equal(Hex.Of((byte[])value), Hex.Of(reader.ReadBytesSpan()));
                break;
        }

        Assert.True(reader.End);
    }
}
