using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Transport.Unix;

/// <summary>
/// Reads one mailbox on a thread of its own: takes connections in, and reads from each of them in turn. The thread waits in <c>poll</c>, with
/// a deadline, and is woken for its end by an eventfd. One that does not come back from its receiver can be replaced: the next one takes over what
/// is open, and the old one touches nothing of it when it returns.
/// </summary>
internal sealed class UnixMailboxReader : IAsyncDisposable
{
    // How often the thread looks whether its socket is still in its place.
    private const int LookMs = 500;

    // A channelD each, of at most 256, and as many that are not closed yet.
    private const int MaxConnections = 512;

    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_logInterval = TimeSpan.FromSeconds(10);

    private readonly Mailbox _mailbox;
    private readonly GuardedReceiver _receiver;
    private readonly string _path;
    private readonly uint? _group;
    private readonly int _maxFrameBytes;
    private readonly UnixPeerCheck _peers;
    private readonly Func<IIdleStrategy> _idleStrategy;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;
    private readonly LogThrottle _badFrameLog = new(s_logInterval);
    private readonly LogThrottle _faultLog = new(s_logInterval);
    private readonly LogThrottle _errorLog = new(s_logInterval);
    private readonly List<FileDescriptor> _connections = [];
    private readonly object _pause = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private UnixListener? _listener;
    private FileDescriptor? _wake;
    private PollFd[] _polled = new PollFd[8];
    private long _nextLookMs;
    private long _nextAcceptMs;
    private int _turn;
    private volatile bool _isStopping;

    internal UnixMailboxReader(
        Mailbox mailbox, IFrameReceiver receiver, UnixTransportOptions options, int maxFrameBytes, UnixPeerCheck peers, TransportMetrics metrics, ILogger logger)
    {
        _mailbox = mailbox;
        _receiver = new GuardedReceiver(receiver, OnReceiverFailed);
        _path = UnixSocketPath.Of(options, mailbox);
        _group = options.GroupId;
        _maxFrameBytes = maxFrameBytes;
        _peers = peers;
        _idleStrategy = options.IdleStrategy;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Listens, and starts the thread.</summary>
    /// <exception cref="ResourceRefusedException">The socket cannot be made.</exception>
    internal void Start()
    {
        CallResult wake = SysPoll.eventfd();
        _listener = wake.Succeeded ? UnixListener.TryOpen(_path, _group, out Errno error) : Fail(wake.Error, out error);
        if (_listener is null)
        {
            if (wake.Succeeded)
            {
                new FileDescriptor(wake.Value).Dispose();
            }

            throw new ResourceRefusedException($"The socket '{_path}' cannot be made: {ErrnoTable.Describe(error)}. Its folder must be writable for this user.");
        }

        _wake = new FileDescriptor(wake.Value);
        UnixLog.Listening(_logger, _mailbox, _path);
        StartThread(_turn);

        static UnixListener? Fail(Errno reason, out Errno error)
        {
            error = reason;
            return null;
        }
    }

    /// <summary>See <see cref="ITransport.ReplaceReader"/>.</summary>
    internal void Replace() => StartThread(Interlocked.Increment(ref _turn));

    /// <summary>Ends the thread after the frame in hand, and closes what it has open. To be called once, after <see cref="Start"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        SysPoll.Signal(_wake!);
        try
        {
            await _ended.Task.WaitAsync(s_stopDeadline).ConfigureAwait(false);
            _wake!.Dispose();
        }
        catch (TimeoutException)
        {
            // Its receiver does not come back. It is a background thread, and ends with the process.
            UnixLog.ReaderLeftBehind(_logger, _mailbox);
        }
    }

    private void StartThread(int turn) => new Thread(() => Run(turn))
    {
        IsBackground = true,
        Name = $"unix-read {_mailbox.Kind.ToString().ToLowerInvariant()}#{_mailbox.Instance}",
    }.Start();

    private bool IsOver(int turn) => _isStopping || Volatile.Read(ref _turn) != turn;

    private void Run(int turn)
    {
        // Its own: a frame that a replaced thread still looks at must stay as it is.
        byte[] buffer = GC.AllocateUninitializedArray<byte>(1 + _maxFrameBytes, pinned: true);
        IIdleStrategy idle = _idleStrategy();
        try
        {
            while (!IsOver(turn))
            {
                Turn(buffer, idle, turn);
            }
        }
        finally
        {
            if (Volatile.Read(ref _turn) == turn)
            {
                Close();
            }
        }
    }

    private void Close()
    {
        _listener?.Dispose();
        foreach (FileDescriptor connection in _connections)
        {
            connection.Dispose();
        }

        _ended.SetResult();
    }

    private void Turn(byte[] buffer, IIdleStrategy idle, int turn)
    {
        Span<PollFd> polled = Arrange();
        CallResult ready = Wait(polled, idle, turn);
        if (!ready.Succeeded)
        {
            OnFailed(ready.Error);
            return;
        }

        // Backwards: a connection that ends here takes only those out of the list that have had their turn.
        bool isBurst = false;
        for (int i = polled.Length - 1; i >= 2; i--)
        {
            if (polled[i].revents == 0 || IsOver(turn))
            {
                continue;
            }

            idle.OnFrame();
            if (!isBurst && _receiver.ExpectsMore)
            {
                isBurst = true;
                _receiver.OnBurstBegin();
            }

            Read(i - 2, buffer, turn);
        }

        if (isBurst)
        {
            _receiver.OnBurstEnd();
        }

        if (IsOver(turn))
        {
            return;
        }

        if (polled[1].revents != 0)
        {
            Accept();
        }

        KeepInPlace();
    }

    private CallResult Wait(Span<PollFd> polled, IIdleStrategy idle, int turn)
    {
        if (idle.LooksAgain(_receiver.ExpectsMore))
        {
            do
            {
                CallResult ready = SysPoll.poll(polled, 0);
                if (!ready.Succeeded || ready.Value > 0)
                {
                    idle.OnFrame();
                    return ready;
                }
            }
            while (!IsOver(turn) && idle.TryPause());
        }

        return SysPoll.poll(polled, LookMs);
    }

    // The numbers are used only while this thread, which alone closes them, waits for them.
    private Span<PollFd> Arrange()
    {
        int count = 2 + _connections.Count;
        if (_polled.Length < count)
        {
            _polled = new PollFd[count * 2];
        }

        Span<PollFd> polled = _polled.AsSpan(0, count);
        polled[0] = Reading(_wake);
        polled[1] = Reading(Environment.TickCount64 < _nextAcceptMs ? null : _listener?.Descriptor);
        for (int i = 0; i < _connections.Count; i++)
        {
            polled[i + 2] = Reading(_connections[i]);
        }

        return polled;

        // poll(2) passes over a negative number.
        static PollFd Reading(FileDescriptor? descriptor) =>
            new() { fd = descriptor is null ? -1 : (int)descriptor.DangerousGetHandle(), events = SysPoll.POLLIN };
    }

    private void Accept()
    {
        while (true)
        {
            CallResult accepted = SysSocket.accept(_listener!.Descriptor);
            if (!accepted.Succeeded)
            {
                if (accepted.Error is not (Errno.EAGAIN or Errno.ECONNRESET))
                {
                    // Out of descriptors or memory. The connection stays in the backlog, and poll would return at once: it is left out for a while.
                    _nextAcceptMs = Environment.TickCount64 + LookMs;
                    CountFailure(accepted.Error);
                }

                return;
            }

            var connection = new FileDescriptor(accepted.Value);
            if (_connections.Count < MaxConnections && _peers.Accepts(connection, _mailbox) && TrySayTaken(connection))
            {
                _connections.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private unsafe void Read(int index, byte[] buffer, int turn)
    {
        FileDescriptor connection = _connections[index];
        byte* message = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
        for (int frame = 0; frame < GuardedReceiver.MaxBurst && !IsOver(turn); frame++)
        {
            CallResult received = SysSocket.recv(connection, message, buffer.Length);
            if (received.Error == Errno.EAGAIN)
            {
                return;
            }

            if (!received.Succeeded || received.Value == 0)
            {
                _connections.RemoveAt(index);
                connection.Dispose();
                return;
            }

            Deliver(buffer, received.Value);
        }
    }

    private void Deliver(byte[] buffer, int messageBytes)
    {
        if (messageBytes > buffer.Length || buffer[0] != UnixSender.FrameMark)
        {
            _metrics.Oversize();
            if (_badFrameLog.TryPass(out long heldBack))
            {
                UnixLog.BadFrame(_logger, _mailbox, _maxFrameBytes, heldBack);
            }

            return;
        }

        _receiver.OnFrame(buffer.AsSpan(1, messageBytes - 1));
    }

    private void OnReceiverFailed(Exception exception)
    {
        _metrics.ReceiverFault();
        if (_faultLog.TryPass(out long heldBack))
        {
            UnixLog.ReceiverFailed(_logger, exception, _mailbox, heldBack);
        }
    }

    // Somebody may have removed the path. Who is connected stays so; who comes new would find nobody.
    private void KeepInPlace()
    {
        if (Environment.TickCount64 < _nextLookMs)
        {
            return;
        }

        _nextLookMs = Environment.TickCount64 + LookMs;
        if (_listener is { IsInPlace: true })
        {
            return;
        }

        if (_listener is not null)
        {
            UnixLog.SocketGone(_logger, _mailbox, _path);

            // Who has connected before it went is not to be lost with it.
            Accept();
            _listener.Dispose();
        }

        _listener = UnixListener.TryOpen(_path, _group, out Errno error);
        if (_listener is null && _errorLog.TryPass(out long heldBack))
        {
            UnixLog.SocketRefused(_logger, _mailbox, _path, ErrnoTable.Describe(error), heldBack);
        }
    }

    // The first thing that a sender reads; until then it takes the queue.
    private static unsafe bool TrySayTaken(FileDescriptor connection)
    {
        byte mark = UnixSender.FrameMark;
        return SysSocket.send(connection, &mark, 1) == Errno.None;
    }

    private void CountFailure(Errno error)
    {
        _metrics.ReadError();
        if (_errorLog.TryPass(out long heldBack))
        {
            UnixLog.ReadFailed(_logger, _mailbox, ErrnoTable.Describe(error), heldBack);
        }
    }

    // poll itself failed: the kernel is out of memory. Not to be asked again at once.
    private void OnFailed(Errno error)
    {
        CountFailure(error);
        lock (_pause)
        {
            Monitor.Wait(_pause, LookMs);
        }
    }
}
