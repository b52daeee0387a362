namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// The word that a record starts with; changed as a whole, by compare-and-swap.
/// <code>
///  63           32 31   30 29        20 19              0
///  +--------------+-------+------------+----------------+
///  |    stamp     | state |  producer  |  frame bytes   |
///  +--------------+-------+------------+----------------+
/// </code>
/// The stamp is the number of the lap that the word's position is in (<see cref="RingPosition"/>). So a producer that slept through a lap finds no word it
/// expects, and changes nothing. A ring starts at a random lap, so that no player's text can look like a free word.
/// </summary>
internal static class RingWord
{
    internal const int MaxProducer = (1 << ProducerBits) - 1;
    internal const int MaxLength = (1 << LengthBits) - 1;

    // In place of a length: a word that ends the ring. Nobody claims behind it.
    private const int ClosedLength = MaxLength;
    private const int LengthBits = 20;
    private const int ProducerBits = 10;
    private const int StateShift = LengthBits + ProducerBits;
    private const int StampShift = 32;

    internal static ulong Free(uint stamp) => (ulong)stamp << StampShift;

    internal static ulong Closed(uint stamp) => Of(stamp, RingRecordState.Skipped, 0, ClosedLength);

    internal static ulong Of(uint stamp, RingRecordState state, int producer, int lengthBytes) =>
        ((ulong)stamp << StampShift) | ((ulong)state << StateShift) | ((ulong)(uint)producer << LengthBits) | (uint)lengthBytes;

    internal static ulong With(ulong word, RingRecordState state) => (word & ~(3UL << StateShift)) | ((ulong)state << StateShift);

    internal static uint StampOf(ulong word) => (uint)(word >> StampShift);

    internal static RingRecordState StateOf(ulong word) => (RingRecordState)((word >> StateShift) & 3);

    internal static int ProducerOf(ulong word) => (int)(word >> LengthBits) & MaxProducer;

    internal static int LengthOf(ulong word) => (int)word & MaxLength;

    internal static bool IsClosed(ulong word) => StateOf(word) == RingRecordState.Skipped && LengthOf(word) == ClosedLength;
}
