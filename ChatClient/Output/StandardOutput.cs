using Microsoft.Win32.SafeHandles;

namespace ChatClient.Output;

/// <summary>The process's standard output, where it is not a terminal being edited on.</summary>
public sealed class StandardOutput : ITextSink, IDisposable
{
    private const int StandardOutputDescriptor = 1;

    private readonly Stream _stream;
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Opens it.</summary>
    public StandardOutput()
    {
        // The console's stream swallows EPIPE, so a program would write to a reader that is gone for as long as its input lasts.
        // A file stream reports it. For a file, though, it writes at an offset of its own, and others who share the file
        // overwrite it; nobody can close that end anyway.
        var file = new FileStream(new SafeFileHandle(StandardOutputDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        _stream = file.CanSeek ? Console.OpenStandardOutput() : file;
    }

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
