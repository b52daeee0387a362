using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Tests.Wire.MessagePack;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire;

/// <summary>What a frame costs: nothing on the heap when it is sound, and under 1 ms and 1 MiB whatever it claims.</summary>
public sealed class FrameCostTests
{
    // The largest message of an untuned Linux host (kernel.msgmax).
    private const int MaxFrameBytes = 8192;
    private const int Rounds = 101;

    private readonly MessagePackCodec _codec = new();

    public static TheoryData<string, byte[]> HostileFrames => new()
    {
        { "zeros", new byte[MaxFrameBytes] },
        { "nested", Frame([.. Enumerable.Repeat((byte)0x91, MaxFrameBytes - 32)]) },
        { "nested, of depth 10,000", Frame([.. Enumerable.Repeat((byte)0x91, 10_000), 0xc0]) },
        { "nested maps", Frame([.. Enumerable.Repeat((byte)0x81, MaxFrameBytes - 32)]) },
        { "an array of 2^32 - 1", Frame(Hex.Bytes("ddffffffff")) },
        { "an array of 2^31 - 1", Frame(Hex.Bytes("dd7fffffff00")) },
        { "a string of 2^32 - 1", Frame(Hex.Bytes("92 01 dbffffffff")) },
        { "as many elements as bytes", Frame([0x93, 0x08, 0xdd, 0, 0, 0x1f, 0x00, .. new byte[0x1f01]]) },
        { "a list of as many strings as bytes", Frame([0x95, 0x02, 0xa0, 0xa0, 0xdd, 0, 0, 0x1f, 0x00, .. Enumerable.Repeat((byte)0xa0, 0x1f00), 0xc0]) },
        { "a list of strings that are none", Frame([0x95, 0x02, 0xa0, 0xa0, 0xdd, 0, 0, 0x1f, 0x00, .. new byte[0x1f00], 0xc0]) },
        { "a catalogue of as many entries as bytes", Frame([0x92, 0x08, 0xdd, 0, 0, 0x1f, 0x00, .. Enumerable.Repeat((byte)0x90, 0x1f00)]) },
        { "one long string that is no text", Frame([0x92, 0x01, 0xda, 0x1f, 0x00, .. Enumerable.Repeat((byte)0xff, 0x1f00)]) },
    };

    [Theory]
    [MemberData(nameof(HostileFrames))]
    public void ReadFrame_Hostile_CostsLittle(string name, byte[] frame)
    {
        var cpuMs = new double[Rounds];
        var bytes = new long[Rounds];
        for (int round = -Rounds; round < Rounds; round++)
        {
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan started = ThreadClock.Now;
            Consume(frame);
            if (round >= 0)
            {
                cpuMs[round] = (ThreadClock.Now - started).TotalMilliseconds;
                bytes[round] = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            }
        }

        // The median of many: interrupts are charged to whom they hit.
        Array.Sort(cpuMs);
        Assert.True(cpuMs[Rounds / 2] < 1, $"{name}: {cpuMs[Rounds / 2]} ms");
        Assert.True(bytes.Max() < 1024 * 1024, $"{name}: {bytes.Max()} bytes");
    }

    [Fact]
    public void WriteAndTryRead_Steadily_AllocateNothing()
    {
        using var frame = new PooledBuffer();
        using var scratch = new PooledBuffer();
        long allocatedBytes = long.MaxValue;

        // Tiered compilation may allocate in the first rounds; a steady state has a round without.
        for (int round = 0; round < 100 && allocatedBytes != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                RoundTrip(frame, scratch, (ulong)i);
            }

            allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocatedBytes);
    }

    [Fact]
    public void TryRead_OfFaults_AllocatesNothing()
    {
        using var scratch = new PooledBuffer();
        byte[][] frames = [[], Hex.Bytes("9102"), Hex.Bytes("9a0105"), Hex.Bytes("9a010507000200c0c0c190")];
        long allocatedBytes = long.MaxValue;
        for (int round = 0; round < 100 && allocatedBytes != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] frame in frames)
            {
                Assert.False(_codec.TryRead(frame, scratch, MessageKind.Request, out _, out _) == FrameFault.None);
            }

            allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocatedBytes);
    }

    private static byte[] Frame(byte[] body) => [.. Hex.Bytes("9a 01 02 07 00 02 2a 00 c0 c0"), .. body];

    private void Consume(byte[] frame)
    {
        using var scratch = new PooledBuffer();
        FrameFault fault = _codec.TryRead(frame, scratch, MessageKind.Result, out _, out ReadOnlySpan<byte> body);
        if (fault != FrameFault.None)
        {
            // The decoders stand on their own, too: pieces are put together before anybody has looked at them.
            body = frame.AsSpan(10);
        }

        // An exception costs tens of microseconds in a debug build, which is within the bound.
        try
        {
            var reader = new MessagePackReader(body);
            switch (MessageTypes.Peek(body))
            {
                case MessageTypes.CommandRequest:
                    CommandRequest.Read(ref reader);
                    break;
                case MessageTypes.CatalogueResult:
                    CatalogueResult.Read(ref reader);
                    break;
                default:
                    CommandResult.Read(ref reader);
                    break;
            }
        }
        catch (MessagePackSerializationException)
        {
        }
    }

    private void RoundTrip(PooledBuffer frame, PooledBuffer scratch, ulong id)
    {
        frame.Clear();
        var envelope = new Envelope
        {
            Kind = MessageKind.Request,
            RequestId = id,
            Generation = 0x0123456789abcdef,
            ReplyMailbox = 2,
            UserId = 42,
            DeadlineNs = long.MaxValue,
            Trace = new TraceContext(1, 2, 3, 1),
        };
        _codec.Write(envelope, new CommandRequest("/찾기 타락파워전사"), frame);
        FrameFault fault = _codec.TryRead(frame.WrittenSpan, scratch, MessageKind.Request, out Envelope read, out ReadOnlySpan<byte> body);
        if (fault != FrameFault.None || read.RequestId != id || body.Length == 0)
        {
            throw new InvalidOperationException($"The frame was read as {fault}.");
        }
    }
}
