using System.Runtime.CompilerServices;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Unix;

/// <summary>
/// The way to one mailbox: connects when there is something to send, and again after its reader was lost. For any threads; the kernel keeps the
/// frames of a socket apart and in order, so no lock is needed.
/// </summary>
internal sealed unsafe class UnixSender(
    Mailbox mailbox, string path, int sendBufferBytes, TimeProvider time, UnixPeerCheck peers, TransportMetrics metrics) : IDisposable
{
    /// <summary>What every message starts with: the version of this use of a socket. It also tells an empty frame from the end.</summary>
    internal const byte FrameMark = 1;

    // A reader that comes back is found again within this time; meanwhile a send costs no call of the kernel.
    private const int ReconnectsPerSecond = 10;

    [ThreadStatic]
    private static byte[]? t_buffer;

    private FileDescriptor? _connection;
    private FileDescriptor? _candidate;
    private int _isConnecting;
    private long _nextAttempt = long.MinValue;
    private volatile bool _isDisposed;

    /// <summary>Whether a reader has taken the connection, as far as was last seen.</summary>
    internal bool IsConnected => Volatile.Read(ref _connection) is not null;

    /// <summary>
    /// Sends a frame of at most the permitted size, or says why not. Full also while the reader has not taken the connection yet: what is sent before
    /// that is lost where it never does.
    /// </summary>
    internal SendStatus TrySend(ReadOnlySpan<byte> frame)
    {
        bool isPending = false;
        FileDescriptor? connection = Volatile.Read(ref _connection) ?? TryConnect(out isPending);
        if (connection is null)
        {
            if (isPending)
            {
                return SendStatus.Full;
            }

            metrics.SendGone();
            return SendStatus.Gone;
        }

        byte[]? buffer = t_buffer;
        if (buffer is null || buffer.Length <= frame.Length)
        {
            buffer = t_buffer = GC.AllocateUninitializedArray<byte>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)frame.Length + 256), pinned: true);
        }

        buffer[0] = FrameMark;
        frame.CopyTo(buffer.AsSpan(1));
        Errno error;
        try
        {
            error = SysSocket.send(connection, (byte*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(buffer)), frame.Length + 1);
        }
        catch (ObjectDisposedException)
        {
            // Another thread has found it lost a moment ago.
            error = Errno.EPIPE;
        }

        return error == Errno.None ? SendStatus.Sent : OnFailed(connection, error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.Exchange(ref _connection, null)?.Dispose();
        Interlocked.Exchange(ref _candidate, null)?.Dispose();
    }

    private FileDescriptor? TryConnect(out bool isPending)
    {
        // One thread at a time; what the others have to send does not wait for it.
        isPending = Interlocked.CompareExchange(ref _isConnecting, 1, 0) != 0;
        if (isPending)
        {
            return Volatile.Read(ref _connection);
        }

        try
        {
            if (Volatile.Read(ref _connection) is { } there)
            {
                return there;
            }

            FileDescriptor? candidate = Interlocked.Exchange(ref _candidate, null) ?? Connect();
            return candidate is null ? null : Take(candidate, out isPending);
        }
        finally
        {
            Volatile.Write(ref _isConnecting, 0);
        }
    }

    private FileDescriptor? Connect()
    {
        if (time.GetTimestamp() < Volatile.Read(ref _nextAttempt) || _isDisposed)
        {
            return null;
        }

        CallResult created = SysSocket.Create();
        if (created.Succeeded)
        {
            var connection = new FileDescriptor(created.Value);
            if (SysSocket.connect(connection, path) == Errno.None && peers.Accepts(connection, mailbox))
            {
                SysSocket.SetSendBuffer(connection, sendBufferBytes);
                return connection;
            }

            connection.Dispose();
        }

        WaitBeforeNextAttempt();
        return null;
    }

    // A connection succeeds while it only waits to be taken; the reader's mark says that it was.
    private FileDescriptor? Take(FileDescriptor candidate, out bool isPending)
    {
        byte mark = 0;
        CallResult said = SysSocket.recv(candidate, &mark, 1);
        isPending = said.Error == Errno.EAGAIN;
        if (isPending)
        {
            Volatile.Write(ref _candidate, candidate);
        }
        else if (said is { Succeeded: true, Value: 1 } && mark == FrameMark)
        {
            Volatile.Write(ref _connection, candidate);
        }
        else
        {
            candidate.Dispose();
            WaitBeforeNextAttempt();
        }

        if (_isDisposed)
        {
            Dispose();
        }

        return Volatile.Read(ref _connection);
    }

    private void WaitBeforeNextAttempt() =>
        Volatile.Write(ref _nextAttempt, time.GetTimestamp() + (time.TimestampFrequency / ReconnectsPerSecond));

    private SendStatus OnFailed(FileDescriptor connection, Errno error)
    {
        switch (error)
        {
            case Errno.EAGAIN or Errno.ENOBUFS or Errno.ENOMEM:
                metrics.SendFull();
                return SendStatus.Full;

            case Errno.EMSGSIZE:
                return SendStatus.TooLarge;

            // EPIPE, ECONNRESET, ENOTCONN, and whatever else: this connection is of no use any more.
            default:
                if (Interlocked.CompareExchange(ref _connection, null, connection) == connection)
                {
                    WaitBeforeNextAttempt();
                    connection.Dispose();
                }

                metrics.SendGone();
                return SendStatus.Gone;
        }
    }
}
