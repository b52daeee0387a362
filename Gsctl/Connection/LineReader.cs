using System.Buffers;
using System.IO.Pipelines;

namespace Gsctl.Connection;

/// <summary>Reads lines of a stream, none longer than a bound, so that nobody makes gsctl keep what has no end. For one reader.</summary>
/// <param name="stream">The stream; left open.</param>
/// <param name="maxLineBytes">The longest line, without its line feed.</param>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IDisposable
{
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>The next line without its line feed; null at the end.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await _reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end && buffer.Slice(0, end).Length <= maxLineBytes)
            {
                byte[] line = buffer.Slice(0, end).ToArray();
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            if (buffer.Length > maxLineBytes)
            {
                throw new InvalidDataException($"A line is longer than {maxLineBytes} bytes.");
            }

            if (read.IsCompleted)
            {
                byte[] rest = buffer.ToArray();
                _reader.AdvanceTo(buffer.End);
                return rest.Length > 0 ? rest : null;
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Complete();
}
