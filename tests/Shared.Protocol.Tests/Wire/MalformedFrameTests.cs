using Shared.Protocol.Tests.Wire.Golden;
using Shared.Protocol.Tests.Wire.MessagePack;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;
using Xunit.Abstractions;

namespace Shared.Protocol.Tests.Wire;

/// <summary>Frames that no honest peer sends, in bulk: whatever comes, reading returns, and a body decodes or is refused.</summary>
public sealed class MalformedFrameTests(ITestOutputHelper output)
{
    private readonly MessagePackCodec _codec = new();

    [Fact]
    public void TryRead_EveryBitFlipped_NeverThrows()
    {
        int refused = 0;
        foreach (byte[] frame in Frames())
        {
            for (int bit = 0; bit < 8 * frame.Length; bit++)
            {
                frame[bit / 8] ^= (byte)(1 << (bit % 8));
                refused += IsUnderstood(frame) ? 0 : 1;
                frame[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.True(IsUnderstood(frame));
        }

        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void TryRead_EveryByteReplacedByEveryCode_NeverThrows()
    {
        foreach (byte[] frame in Frames())
        {
            for (int at = 0; at < frame.Length; at++)
            {
                byte kept = frame[at];
                for (int code = 0; code <= byte.MaxValue; code++)
                {
                    frame[at] = (byte)code;
                    _ = IsUnderstood(frame);
                }

                frame[at] = kept;
            }
        }
    }

    [Fact]
    public void TryRead_RandomBytes_NeverThrows()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int understood = 0;
        for (int round = 0; round < 50_000; round++)
        {
            byte[] frame = new byte[random.Next(300)];
            random.NextBytes(frame);
            if (frame.Length > 12 && round % 2 == 0)
            {
                // Half of them get past the version, or nearly all would end at the first byte.
                Hex.Bytes("9a 01 02 07 00 02 2a 00 c0 c0").CopyTo(frame, 0);
            }

            understood += IsUnderstood(frame) ? 1 : 0;
        }

        output.WriteLine($"{understood} of them were frames");
    }

    [Fact]
    public void ReadMessage_RandomChanges_DecodesOrIsRefused()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            IGoldenMessage golden = GoldenMessages.All[random.Next(GoldenMessages.All.Count)];
            byte[] message = golden.GoldenBytes;
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.NotEmpty(golden.ReadAndWriteAgain(message));
            }
            catch (MessagePackSerializationException)
            {
                refused++;
            }
            catch (Xunit.Sdk.TrueException)
            {
                // Decoded, and a shorter message than before: the golden message checks that nothing is left.
            }
        }

        Assert.NotEqual(0, refused);
    }

    private static IEnumerable<byte[]> Frames() => GoldenFrames.All.Select(golden => golden.Frame);

    private bool IsUnderstood(byte[] frame)
    {
        using var scratch = new PooledBuffer();
        FrameFault fault = _codec.TryRead(frame, scratch, MessageKind.Request, out Envelope envelope, out ReadOnlySpan<byte> body);
        Assert.True(Enum.IsDefined(fault), $"{fault} for {Hex.Of(frame)}");
        if (fault != FrameFault.None)
        {
            return false;
        }

        // What was understood can be written again: nothing got through that the writing side would refuse.
        using var again = new PooledBuffer();
        _codec.WriteRaw(envelope, body, again);
        return true;
    }
}
