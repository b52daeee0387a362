using System.Text;

namespace Gsctl.Output;

/// <summary>Writes lines to a stream until whoever reads it has gone away; what comes then is dropped. For one writer at a time.</summary>
internal sealed class EndingWriter : TextWriter
{
    private readonly CancellationTokenSource _closed = new();
    private readonly StreamWriter _writer;

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">Owned from now on.</param>
    public EndingWriter(Stream stream) => _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>Cancelled when the reader was found to be gone: by something that was written, or by <see cref="NoteGone"/>.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>The reader has gone. From any thread; not after disposal.</summary>
    public void NoteGone() => _closed.Cancel();

    /// <inheritdoc/>
    public override Encoding Encoding => _writer.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => _writer.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => _writer.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() =>
    {
        _writer.WriteLine(value);
        _writer.Flush();
    });

    /// <inheritdoc/>
    public override void Flush() => Try(_writer.Flush);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Try(_writer.Dispose);
            _closed.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Try(Action write)
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            write();
        }
        catch (IOException)
        {
            _closed.Cancel();
        }
    }
}
