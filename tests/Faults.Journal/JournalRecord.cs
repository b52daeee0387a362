using System.Buffers.Binary;
using System.Text;

namespace Faults.Journal;

/// <summary>
/// That a command was run, as it lies in the journal: a record of one size, written in one call, so that a killed daemon leaves whole ones.
/// <code>
///  0        8                16         20       24       28
/// ┌────────┬────────────────┬──────────┬────────┬────────┬──────────────────┐
/// │ at ns  │ chat generation│ instance │ user   │ length │ argument (UTF-8) │   64 bytes, little-endian
/// └────────┴────────────────┴──────────┴────────┴────────┴──────────────────┘
/// </code>
/// </summary>
/// <param name="AtNs">When it began, in nanoseconds of the monotonic clock.</param>
/// <param name="ChatGeneration">The run of the chatD that asked.</param>
/// <param name="ChatInstance">That chatD.</param>
/// <param name="UserId">The session that asked.</param>
/// <param name="Argument">What was to be found; cut where it has no room.</param>
internal readonly record struct JournalRecord(long AtNs, ulong ChatGeneration, int ChatInstance, int UserId, string Argument)
{
    public const string FileSuffix = ".journal";
    public const int SizeBytes = 64;

    private const int ArgumentOffset = 28;

    public void Write(Span<byte> to)
    {
        to.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(to, AtNs);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], ChatGeneration);
        BinaryPrimitives.WriteInt32LittleEndian(to[16..], ChatInstance);
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], UserId);
        Encoder encoder = Encoding.UTF8.GetEncoder();
        encoder.Convert(Argument, to[ArgumentOffset..SizeBytes], flush: true, out _, out int bytes, out _);
        BinaryPrimitives.WriteInt32LittleEndian(to[24..], bytes);
    }

    public static JournalRecord Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadInt64LittleEndian(from),
        BinaryPrimitives.ReadUInt64LittleEndian(from[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(from[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(from[20..]),
        Encoding.UTF8.GetString(from.Slice(ArgumentOffset, BinaryPrimitives.ReadInt32LittleEndian(from[24..]))));
}
