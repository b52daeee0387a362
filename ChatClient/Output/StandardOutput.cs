using Shared.Terminal;

namespace ChatClient.Output;

/// <summary>The process's standard output, where it is not a terminal being edited on.</summary>
public sealed class StandardOutput : ITextSink, IDisposable
{
    private readonly Stream _stream = StandardOutputStream.Open();
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Cancelled when whoever read the output has gone away.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await _stream.WriteAsync(utf8, cancellationToken);
        }
        catch (IOException)
        {
            await _closed.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _closed.Dispose();
}
