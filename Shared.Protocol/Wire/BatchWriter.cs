namespace Shared.Protocol.Wire;

/// <summary>
/// Puts frames together into one. One that is alone stays as it is. Lives as long as whatever it sends for, so its array is its own. For one
/// thread at a time.
/// </summary>
internal sealed class BatchWriter
{
    private const int FirstBytes = 4 * 1024;

    // The count of an array of 16 bits, less the version.
    private const int MaxFrames = ushort.MaxValue - 1;

    private byte[] _bytes = new byte[FirstBytes];

    /// <summary>How many frames it holds.</summary>
    public int Count { get; private set; }

    /// <summary>How long the whole is.</summary>
    public int LengthBytes { get; private set; } = BatchFormat.HeaderBytes;

    /// <summary>All that was written, headers included.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, LengthBytes);

    /// <summary>The frame or the batch. Valid until the next call of another member.</summary>
    public ReadOnlySpan<byte> Finished
    {
        get
        {
            if (Count == 1)
            {
                return Bytes[(BatchFormat.HeaderBytes + BatchFormat.FrameHeaderBytes)..];
            }

            BatchFormat.WriteHeader(_bytes, Count);
            return Bytes;
        }
    }

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        Count = 0;
        LengthBytes = BatchFormat.HeaderBytes;
    }

    /// <summary>Whether a further frame of that length leaves the whole within a bound.</summary>
    public bool Fits(int frameBytes, int maxBytes) =>
        frameBytes <= BatchFormat.MaxFrameBytes && Count < MaxFrames && LengthBytes + BatchFormat.FrameHeaderBytes + frameBytes <= maxBytes;

    /// <summary>Adds a frame of at most <see cref="BatchFormat.MaxFrameBytes"/>.</summary>
    public void Add(ReadOnlySpan<byte> frame)
    {
        int length = LengthBytes + BatchFormat.FrameHeaderBytes + frame.Length;
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(length, 2 * _bytes.Length));
        }

        BatchFormat.WriteFrameHeader(_bytes.AsSpan(LengthBytes), frame.Length);
        frame.CopyTo(_bytes.AsSpan(LengthBytes + BatchFormat.FrameHeaderBytes));
        LengthBytes = length;
        Count++;
    }
}
