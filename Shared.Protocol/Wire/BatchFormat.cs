using System.Buffers.Binary;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire;

/// <summary>
/// Several frames sent as one: <c>[2, bin, bin, …]</c>, each <c>bin</c> a whole frame of version 1. Batches do not nest. One is sent only to a peer that
/// has said that it takes them.
/// </summary>
public static class BatchFormat
{
    /// <summary>The version that an array of frames begins with, where that of a frame is.</summary>
    public const int Version = 2;

    /// <summary>What a batch has besides its frames: the array's header, as it is always written, and the version.</summary>
    public const int HeaderBytes = 4;

    /// <summary>What each frame has besides its bytes, as it is always written.</summary>
    public const int FrameHeaderBytes = 3;

    /// <summary>The longest frame that goes into a batch.</summary>
    public const int MaxFrameBytes = ushort.MaxValue;

    private const byte Array16 = 0xDC;
    private const byte Bin16 = 0xC5;

    /// <summary>Whether the bytes begin as a batch does.</summary>
    public static bool IsBatch(ReadOnlySpan<byte> frame) => TryBegin(frame, out _, out _);

    /// <summary>Reads the beginning of a batch.</summary>
    /// <param name="frame">What arrived.</param>
    /// <param name="frames">The frames in it, yet to be read with <see cref="TryTake"/>.</param>
    /// <param name="count">How many it says there are.</param>
    public static bool TryBegin(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> frames, out int count)
    {
        frames = default;
        var reader = new MessagePackReader(frame);
        if (reader.TryReadArrayHeader(out count) != MessagePackStatus.Done
            || count < 1
            || reader.TryReadUInt64(out ulong version) != MessagePackStatus.Done
            || version != Version)
        {
            return false;
        }

        count--;
        frames = frame[reader.ConsumedBytes..];
        return true;
    }

    /// <summary>Takes the next frame from the front. False where there is none: the rest is no batch, or cut off.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> frames, out ReadOnlySpan<byte> frame)
    {
        var reader = new MessagePackReader(frames);
        if (reader.TryReadBytesSpan(out frame) != MessagePackStatus.Done)
        {
            return false;
        }

        frames = frames[reader.ConsumedBytes..];
        return true;
    }

    internal static void WriteHeader(Span<byte> to, int count)
    {
        to[0] = Array16;
        BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)(count + 1));
        to[3] = Version;
    }

    internal static void WriteFrameHeader(Span<byte> to, int frameBytes)
    {
        to[0] = Bin16;
        BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)frameBytes);
    }
}
