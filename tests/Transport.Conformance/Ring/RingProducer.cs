using System.Buffers.Binary;
using System.Globalization;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;
using SharedRing = Shared.Protocol.Transport.Ring.Ring;

namespace Transport.Conformance.Ring;

/// <summary>
/// A process that sends to the request mailbox of a ring, past the transport: <c>ring claim|flood FOLDER KEY NUMBER</c>. With <c>claim</c> it sends one frame, claims
/// room for another, and commits that when its standard input ends; with <c>flood</c> it sends numbered frames until it is killed.
/// </summary>
internal static class RingProducer
{
    internal const string Word = "ring";
    internal const int FrameBytes = 100;
    internal static readonly Mailbox To = new(MailboxKind.Request, 0);

    internal static void Run(string[] args)
    {
        var files = new RingFiles(new RingTransportOptions
        {
            Folder = args[2],
            Key = int.Parse(args[3], CultureInfo.InvariantCulture),
            Claim = new DaemonClaim(DaemonRole.ChatD, 0),
            RingBytes = RingHarness.RingBytes,
        });
        int number = int.Parse(args[4], CultureInfo.InvariantCulture);
        SharedRing ring = files.OpenOrMake(To).Ring ?? throw new InvalidOperationException("There is no ring.");
        _ = ring.TryEnter();
        if (args[1] == "flood")
        {
            Flood(ring, number);
        }

        _ = ring.TrySend(Frame(number, 0));
        SendStatus claimed = ring.TryClaim(FrameBytes, out RingClaim claim);
        Console.WriteLine(claimed);
        Console.ReadLine();
        Console.WriteLine(ring.Commit(claim, Frame(number, 1)) ? "committed" : "gone");
    }

    /// <summary>A frame that says who sent it and how many before, and is full of a byte that depends on both.</summary>
    internal static byte[] Frame(int producer, int number)
    {
        byte[] frame = new byte[FrameBytes];
        frame.AsSpan().Fill((byte)(producer + number));
        BinaryPrimitives.WriteInt32LittleEndian(frame, producer);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), number);
        return frame;
    }

    private static void Flood(SharedRing ring, int producer)
    {
        Console.WriteLine("flooding");
        for (int number = 0; ; number++)
        {
            byte[] frame = Frame(producer, number);
            while (ring.TrySend(frame) == SendStatus.Full)
            {
                Thread.Yield();
            }
        }
    }
}
