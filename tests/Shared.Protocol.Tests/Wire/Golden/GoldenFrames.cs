using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Wire.Golden;

/// <summary>Frames of every kind, with their frozen bytes. An entry is never changed.</summary>
public static class GoldenFrames
{
    // [1, "/who"]: a command request.
    private const string Who = "92 01 a4 2f77686f";

    private static readonly TraceContext s_trace = new(0x0af7651916cd43dd, 0x8448eb211c80319c, 0xb7ad6b7169203331, 1);

    public static IReadOnlyList<GoldenFrame> All { get; } =
    [
        new(
            "request",
            new Envelope { Kind = MessageKind.Request, RequestId = 7, Generation = 0x0123456789abcdef, ReplyMailbox = 2, UserId = 42, DeadlineNs = 5_000_000_000 },
            Who,
            "9a010107cf0123456789abcdef022acf000000012a05f200c0c09201a42f77686f"),
        new(
            "request with a trace",
            new Envelope { Kind = MessageKind.Request, RequestId = 8, Generation = 0xfedcba9876543210, ReplyMailbox = 1022, UserId = 1, DeadlineNs = 1, Trace = s_trace },
            Who,
            "9a010108cffedcba9876543210cd03fe0101c4190af7651916cd43dd8448eb211c80319cb7ad6b716920333101c09201a42f77686f"),
        new(
            "result",
            new Envelope { Kind = MessageKind.Result, RequestId = 7, Generation = 0x0123456789abcdef, UserId = 42 },
            "93 03 aa 6f7665726c6f61646564 c0",
            "9a010207cf0123456789abcdef002a00c0c09303aa6f7665726c6f61646564c0"),
        new(
            "piece of a result",
            new Envelope { Kind = MessageKind.Result, RequestId = 7, Generation = 0x0123456789abcdef, UserId = 42, Part = new FramePart(1, 3) },
            "0102030405",
            "9a010207cf0123456789abcdef002a00c0920103c4050102030405"),
        new(
            "event",
            new Envelope { Kind = MessageKind.Event, Generation = 1 },
            "90",
            "9a01030001000000c0c090"),
        new(
            "control",
            new Envelope { Kind = MessageKind.Control, Generation = 0x0123456789abcdef },
            "94 20 00 00 00",
            "9a010400cf0123456789abcdef000000c0c09420000000"),
        new(
            "largest envelope",
            new Envelope
            {
                Kind = MessageKind.Control,
                RequestId = ulong.MaxValue,
                Generation = ulong.MaxValue,
                ReplyMailbox = long.MaxValue,
                UserId = int.MaxValue,
                DeadlineNs = long.MaxValue,
                Trace = s_trace,
                Part = new FramePart(FramePart.MaxCount - 1, FramePart.MaxCount),
            },
            "ff",
            "9a0104cfffffffffffffffffcfffffffffffffffffcf7fffffffffffffffce7fffffffcf7fffffffffffffffc4190af7651916cd43dd8448eb211c80"
            + "319cb7ad6b71692033310192cdffffce00010000c401ff"),
    ];
}
