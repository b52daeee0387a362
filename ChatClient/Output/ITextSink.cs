namespace ChatClient.Output;

/// <summary>Takes finished lines: a pipe or file, or the terminal above the line being edited.</summary>
public interface ITextSink
{
    /// <summary>Shows some lines, each with its end.</summary>
    /// <param name="utf8">The lines' bytes; used only during the call and until the returned task ends.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken);
}
