using System.Buffers.Binary;

namespace Shared.Protocol.Wire.MessagePack;

/// <summary>
/// Remembers short texts that come again and again, such as codes, so that reading one allocates nothing. Bounded: another text in the same place takes it over,
/// so a peer that sends many different ones has only what it would have without this. Safe on every thread.
/// </summary>
internal static class RecurringTexts
{
    /// <summary>The longest text that is remembered, in bytes.</summary>
    internal const int MaxBytes = 2 * sizeof(ulong);

    private const int PlaceBits = 9;

    private static readonly Entry?[] s_places = new Entry?[1 << PlaceBits];

    /// <summary>The text of those bytes, if it is remembered. They are 1 to <see cref="MaxBytes"/>.</summary>
    internal static string? Find(ReadOnlySpan<byte> utf8)
    {
        (ulong first, ulong last) = Pack(utf8);
        Entry? entry = Volatile.Read(ref s_places[PlaceOf(first, last)]);
        return entry is not null && entry.First == first && entry.Last == last && entry.LengthBytes == utf8.Length ? entry.Text : null;
    }

    /// <summary>Remembers the text of those bytes.</summary>
    internal static void Add(ReadOnlySpan<byte> utf8, string text)
    {
        (ulong first, ulong last) = Pack(utf8);
        Volatile.Write(ref s_places[PlaceOf(first, last)], new Entry(first, last, utf8.Length, text));
    }

    // All bytes are in one of the two or in both; with the length they are the text.
    private static (ulong First, ulong Last) Pack(ReadOnlySpan<byte> utf8) => utf8.Length switch
    {
        >= sizeof(ulong) => (BinaryPrimitives.ReadUInt64LittleEndian(utf8), BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..])),
        >= sizeof(uint) => (BinaryPrimitives.ReadUInt32LittleEndian(utf8), BinaryPrimitives.ReadUInt32LittleEndian(utf8[^sizeof(uint)..])),
        _ => (utf8[0], utf8[utf8.Length / 2] | ((ulong)utf8[^1] << 8)),
    };

    // The bits of both spread over the highest ones (Knuth's multiplicative hashing, with the golden ratio of 64 bits).
    private static int PlaceOf(ulong first, ulong last) =>
        (int)(((first ^ ulong.RotateLeft(last, 29)) * 0x9E37_79B9_7F4A_7C15UL) >> (64 - PlaceBits));

    private sealed record Entry(ulong First, ulong Last, int LengthBytes, string Text);
}
