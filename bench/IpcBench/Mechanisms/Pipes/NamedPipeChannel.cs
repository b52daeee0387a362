using System.IO.Pipes;
using IpcBench.Exchanging;

namespace IpcBench.Mechanisms.Pipes;

/// <summary>
/// One side of a named pipe, which it owns. The stream has no call that writes only what fits: there is room as long as the last write is over.
/// </summary>
internal sealed class NamedPipeChannel(PipeStream pipe) : StreamChannel
{
    private readonly byte[] _written = new byte[Load.MaxSizeBytes];
    private Task _writing = Task.CompletedTask;

    /// <inheritdoc/>
    public override void Dispose() => pipe.Dispose();

    /// <inheritdoc/>
    protected override int Read(Span<byte> buffer) => pipe.Read(buffer);

    /// <inheritdoc/>
    protected override int WriteSome(ReadOnlySpan<byte> bytes)
    {
        if (!_writing.IsCompleted)
        {
            return 0;
        }

        if (_writing.Exception is { } failed)
        {
            throw new IOException(failed.InnerException!.Message);
        }

        bytes.CopyTo(_written);
        _writing = pipe.WriteAsync(_written.AsMemory(0, bytes.Length)).AsTask();
        return bytes.Length;
    }

    /// <inheritdoc/>
    protected override int WriteWaiting(ReadOnlySpan<byte> bytes)
    {
        pipe.Write(bytes);
        return bytes.Length;
    }
}
