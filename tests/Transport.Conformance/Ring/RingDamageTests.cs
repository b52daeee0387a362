using System.Runtime.Versioning;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Ring;

/// <summary>Bytes of a ring that somebody else wrote. Whatever they are, no process ends, no loop is endless, and the mailbox works again.</summary>
[SupportedOSPlatform("linux")]
public sealed class RingDamageTests : RingTestBase
{
    public static TheoryData<int> HeaderOffsets => new(
    [
        RingDescriptor.MagicOffset, RingDescriptor.VersionOffset, RingDescriptor.RingBytesOffset, RingDescriptor.GenerationOffset, RingDescriptor.RetiredOffset,
        RingDescriptor.TailOffset, RingDescriptor.HeadOffset, RingDescriptor.ReadOffset, RingDescriptor.AsleepOffset, RingDescriptor.ConsumerOffset,
    ]);

    [Theory]
    [MemberData(nameof(HeaderOffsets))]
    public async Task TrySend_HeaderOverwritten_MailboxWorksAgain(int offset)
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        var random = new Random(offset);
        for (int round = 0; round < 5; round++)
        {
            byte[] garbage = new byte[8];
            random.NextBytes(garbage);
            Write(Requests, offset, garbage.AsSpan(0, offset is RingDescriptor.VersionOffset or RingDescriptor.RetiredOffset or RingDescriptor.AsleepOffset or RingDescriptor.ConsumerOffset ? 4 : 8));
            await WorksAsync(chat, receiver, round);
        }
    }

    [Fact]
    public async Task TrySend_RecordsOverwritten_MailboxWorksAgain()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        var random = new Random(1);
        for (int round = 0; round < 40; round++)
        {
            byte[] garbage = new byte[random.Next(1, 4096)];
            random.NextBytes(garbage);
            Write(Requests, RingDescriptor.HeaderBytes + random.Next(RingHarness.RingBytes - garbage.Length), garbage);
            for (int number = 0; number < 50; number++)
            {
                _ = chat.TrySend(Requests, new byte[random.Next(500)]);
            }

            await WorksAsync(chat, receiver, round);
        }

        // Each that was found damaged was told of.
        Assert.Equal(Logger.Of(1503).Any(), receiver.Resets > 0);
    }

    [Fact]
    public async Task TrySend_RecordsZeroed_ReceiversOfBothSidesAreTold()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        var results = new RecordingReceiver();
        chat.StartReading(Results, results);
        await SendAsync(chat, Requests, [1]);
        Write(Requests, RingDescriptor.HeaderBytes, new byte[RingHarness.RingBytes]);
        channel.StartReading(Requests, receiver);

        await WorksAsync(chat, receiver, 1);
        Assert.NotEmpty(Logger.Of(1503));
        Assert.True(receiver.Resets > 0);
        await Eventually.TrueAsync(() => results.Resets > 0, "who sent is told as well");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(RingDescriptor.HeaderBytes + RingHarness.RingBytes)]
    [InlineData(RingDescriptor.HeaderBytes + RingHarness.RingBytes + 1)]
    public async Task Open_FileThatIsNoRing_IsReplaced(int lengthBytes)
    {
        await File.WriteAllBytesAsync(Harness.PathOf(Requests), new byte[lengthBytes]);
        File.SetUnixFileMode(Harness.PathOf(Requests), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using RingTransport chat = Open(ChatD);

        // Only its reader replaces it: two that do could take each other's away.
        Assert.Equal(SendStatus.Gone, chat.TrySend(Requests, [1]));
        await using RingTransport channel = Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await WorksAsync(chat, receiver, 1);
    }

    [Fact]
    public async Task TrySend_RecordThatClaimsAnyLength_IsNotReadBeyondItsBounds()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await SendAsync(chat, Requests, [1]);
        await ArrivedAsync(receiver, 1);
        var files = new RingFiles(Harness.OptionsOf(ChatD));
        var random = new Random(1);
        for (int round = 0; round < 50; round++)
        {
            RingPosition read = new(Read(Requests, RingDescriptor.ReadOffset));
            ulong units = RingHarness.RingBytes / 8;
            ulong lie = RingWord.Of((uint)(read.Units / units), (RingRecordState)random.Next(1, 4), 7, random.Next(RingWord.MaxLength + 1));
            Write(Requests, RingDescriptor.HeaderBytes + (long)(read.Units % units * 8), BitConverter.GetBytes(lie));
            await WorksAsync(chat, receiver, round);
        }
    }

    // What was sent just now can be lost with the damage; what is sent again and again arrives.
    private static async Task WorksAsync(RingTransport chat, RecordingReceiver receiver, int round)
    {
        byte[] frame = RingProducer.Frame(9, round);
        await Eventually.TrueAsync(
            () =>
            {
                _ = chat.TrySend(Requests, frame);
                return receiver.Frames.Any(got => got.AsSpan().SequenceEqual(frame));
            },
            $"round {round} arrives");
    }
}
