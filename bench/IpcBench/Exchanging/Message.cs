using System.Buffers.Binary;

namespace IpcBench.Exchanging;

/// <summary>
/// What travels: its own length in the first four bytes, so that a stream can be cut into messages; four bytes of zero; its number in the next eight;
/// and a pattern. All little-endian. The result is the same bytes.
/// </summary>
internal static class Message
{
    private const int NumberOffset = 8;
    private const int PatternStep = 31;

    /// <summary>A message of a size, without its number.</summary>
    internal static byte[] Make(int sizeBytes)
    {
        byte[] message = new byte[sizeBytes];
        for (int i = Load.MinSizeBytes; i < sizeBytes; i++)
        {
            message[i] = (byte)((i * PatternStep) + sizeBytes);
        }

        BinaryPrimitives.WriteInt32LittleEndian(message, sizeBytes);
        return message;
    }

    /// <summary>Numbers it.</summary>
    internal static void SetNumber(Span<byte> message, long number) => BinaryPrimitives.WriteInt64LittleEndian(message[NumberOffset..], number);

    /// <summary>The length of the message that begins here; 0 where not even that is there yet.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(int))
        {
            return 0;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return length is >= Load.MinSizeBytes and <= Load.MaxSizeBytes ? length : throw new InvalidDataException($"A message of {length} bytes arrived.");
    }

    /// <summary>Refuses a result that is not the answer.</summary>
    /// <param name="result">What arrived.</param>
    /// <param name="request">A message of the same size; of it, all but its number is compared.</param>
    /// <param name="number">The number of the request.</param>
    /// <param name="wholly">Whether to compare every byte.</param>
    internal static void Check(ReadOnlySpan<byte> result, ReadOnlySpan<byte> request, long number, bool wholly)
    {
        if (result.Length != request.Length)
        {
            throw new InvalidDataException($"A result of {result.Length} bytes came for a request of {request.Length}.");
        }

        long answered = BinaryPrimitives.ReadInt64LittleEndian(result[NumberOffset..]);
        if (answered != number)
        {
            throw new InvalidDataException($"The result of request {answered} came for request {number}.");
        }

        if (wholly && !(result[..NumberOffset].SequenceEqual(request[..NumberOffset]) && result[Load.MinSizeBytes..].SequenceEqual(request[Load.MinSizeBytes..])))
        {
            throw new InvalidDataException($"The bytes of result {number} are not those of its request.");
        }
    }
}
