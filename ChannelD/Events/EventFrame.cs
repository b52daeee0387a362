using System.Buffers;

namespace ChannelD.Events;

/// <summary>An encoded frame that waits for room in a mailbox.</summary>
/// <param name="Array">A pooled array that begins with the frame; owned by whoever holds this.</param>
/// <param name="LengthBytes">The frame's length.</param>
internal readonly record struct EventFrame(byte[] Array, int LengthBytes)
{
    /// <summary>The frame's bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Array.AsSpan(0, LengthBytes);

    /// <summary>Copies a frame into an array of the pool.</summary>
    public static EventFrame Copy(ReadOnlySpan<byte> frame)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(array);
        return new EventFrame(array, frame.Length);
    }

    /// <summary>Gives the array back.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(Array);
}
