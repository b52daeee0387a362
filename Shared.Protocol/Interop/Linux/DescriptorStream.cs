using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// Writes to a descriptor by <c>write(2)</c>, where the file stands. A file stream writes at an offset of its own where it can, so that whoever shares the file with it, as a shell
/// does with all that it starts, overwrites it and is overwritten. Does not own the descriptor. For one writer at a time.
/// </summary>
/// <param name="descriptor">The descriptor.</param>
internal sealed unsafe partial class DescriptorStream(int descriptor) : Stream
{
    private const int WaitMs = 1000;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It cannot be written to: whoever read it has gone, or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written;
            int errno;
            fixed (byte* bytes = buffer)
            {
                written = write(descriptor, bytes, (nuint)buffer.Length);
                errno = Marshal.GetLastPInvokeError();
            }

            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else if (errno != (int)Errno.EINTR && (errno != (int)Errno.EAGAIN || !IsWritableSoon()))
            {
                throw new IOException(ErrnoTable.Describe((Errno)errno));
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    // Somebody who shares it has made it so that writes do not wait; these have to, a while.
    private bool IsWritableSoon()
    {
        Span<PollFd> output = [new PollFd { fd = descriptor, events = SysPoll.POLLOUT }];
        return SysPoll.poll(output, WaitMs) is { Error: Errno.None, Value: > 0 };
    }

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial nint write(int fd, byte* buf, nuint count);
}
