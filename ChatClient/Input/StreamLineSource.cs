using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using ChatClient.Conversation;

namespace ChatClient.Input;

/// <summary>
/// Lines of UTF-8 from a pipe, a file or a terminal that is not edited on. A line ends with LF or CR LF; the last one may lack its
/// end. A byte order mark at the start is dropped. NUL and other control characters are part of a line: the server judges them.
/// </summary>
/// <param name="stream">The bytes; not closed.</param>
/// <param name="maxLineBytes">The longest line read; a longer one is skipped to its end without being held.</param>
public sealed class StreamLineSource(Stream stream, int maxLineBytes) : ILineSource
{
    /// <summary>The longest line read unless told otherwise: far above what any server takes, far below what hurts.</summary>
    public const int DefaultMaxLineBytes = 1024 * 1024;

    /// <inheritdoc/>
    public async IAsyncEnumerable<InputLine> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        long skippedBytes = 0;
        bool isFirst = true;
        while (true)
        {
            // A blocking read of a pipe cannot be cancelled; it is left behind, and ends with the process.
            ReadResult read = await reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (TryCutLine(ref rest, read.IsCompleted, out ReadOnlySequence<byte> line))
            {
                cancellationToken.ThrowIfCancellationRequested();
                long lineBytes = skippedBytes + line.Length;
                skippedBytes = 0;
                yield return lineBytes > maxLineBytes ? TooLong(lineBytes) : Decode(line, isFirst);
                isFirst = false;
            }

            if (read.IsCompleted)
            {
                if (skippedBytes > 0)
                {
                    yield return TooLong(skippedBytes);
                }

                await reader.CompleteAsync();
                yield break;
            }

            if (skippedBytes + rest.Length > maxLineBytes)
            {
                skippedBytes += rest.Length;
                rest = rest.Slice(rest.End);
            }

            reader.AdvanceTo(rest.Start, read.Buffer.End);
        }
    }

    private static bool TryCutLine(ref ReadOnlySequence<byte> rest, bool isEnd, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!isEnd || rest.IsEmpty)
        {
            return false;
        }

        rest = rest.Slice(rest.End);
        return true;
    }

    private static InputLine Decode(in ReadOnlySequence<byte> line, bool isFirst)
    {
        byte[]? rented = line.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)line.Length);
        try
        {
            ReadOnlySpan<byte> bytes = rented is null ? line.FirstSpan : Copy(line, rented);
            bytes = isFirst && bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
            bytes = bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes;
            return Utf8.IsValid(bytes)
                ? new InputLine(Encoding.UTF8.GetString(bytes))
                : new InputLine(Encoding.UTF8.GetString(bytes), ClientCodes.InvalidUtf8, "The line is not UTF-8; it was not sent.");
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static ReadOnlySpan<byte> Copy(in ReadOnlySequence<byte> line, byte[] rented)
    {
        line.CopyTo(rented);
        return rented.AsSpan(0, (int)line.Length);
    }

    private InputLine TooLong(long lineBytes) => new(
        string.Empty, ClientCodes.LineTooLong, $"The line has {lineBytes} bytes, the limit of this client is {maxLineBytes}; it was not sent.");
}
