using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Frames in System V message queues: two queues, or one, split into mailboxes by message type. The kernel's default limits do;
/// larger ones make the window larger. See <see cref="ITransport"/> for what it promises.
/// </summary>
public sealed unsafe class SysVTransport : ITransport
{
    private const int SmallestBufferBytes = 1024;

    [ThreadStatic]
    private static byte[]? t_sendBuffer;

    private readonly SysVQueue _requestQueue;
    private readonly SysVQueue _resultQueue;
    private readonly SysVCalls _calls;
    private readonly SysVMembership _membership;
    private readonly SysVQueueKeeper _keeper;
    private readonly Func<IIdleStrategy> _idleStrategy;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<Mailbox, SysVMailboxReader> _readers = new();
    private readonly LogThrottle _sendLog = new(TimeSpan.FromSeconds(10));
    private readonly Lock _gate = new();
    private Task? _stopping;
    private bool _isDisposed;

    private SysVTransport(SysVTransportOptions options, ILogger logger, SysVCalls calls)
    {
        options.Validate();
        _calls = calls;
        _logger = logger;
        _idleStrategy = options.IdleStrategy;
        _metrics = new TransportMetrics($"sysv:0x{options.RequestKey:x}");
        _requestQueue = new SysVQueue(options.RequestKey, options.SingleQueue ? "shared" : "request", SysVSetDescriptor.RequestRecord);
        _resultQueue = options.SingleQueue
            ? _requestQueue
            : new SysVQueue(options.EffectiveResultKey, "result", SysVSetDescriptor.ResultRecord);
        SysVQueue[] queues = options.SingleQueue ? [_requestQueue] : [_requestQueue, _resultQueue];

        var ownership = new SysVOwnership(options);
        _membership = new SysVMembership(
            options,
            queues,
            new SysVSetOpener(options, ownership, calls),
            new SysVQueueOpener(options, ownership, calls, logger),
            new SysVRemover(options, ownership, calls, logger),
            logger);
        _keeper = new SysVQueueKeeper(queues, options.RequestKey, _membership, calls, _metrics, logger);

        int maxMessageBytes = ReadMaxMessageBytes(calls);
        long[] capacitiesBytes = _membership.Join();
        Limits = new TransportLimits(
            (int)Math.Min(maxMessageBytes, capacitiesBytes.Min()), capacitiesBytes[0], capacitiesBytes[^1], options.SingleQueue);
        SysVLog.Opened(
            logger, options.Claim, options.RequestKey, capacitiesBytes[0], options.EffectiveResultKey, capacitiesBytes[^1], Limits.MaxFrameBytes);
        _keeper.Start();
    }

    /// <inheritdoc/>
    public TransportLimits Limits { get; }

    /// <summary>Opens the queues, or makes them. Waits at most 5 s for other daemons that do the same.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="ResourceRefusedException">A queue is another's, or this daemon runs already; the message says what to do.</exception>
    public static SysVTransport Open(SysVTransportOptions options, ILogger<SysVTransport> logger) => Open(options, logger, SysVCalls.Kernel);

    internal static SysVTransport Open(SysVTransportOptions options, ILogger logger, SysVCalls calls)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        return new SysVTransport(options, logger, calls);
    }

    /// <inheritdoc/>
    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        SysVQueue queue = QueueOf(to);
        if (frame.Length > Limits.MaxFrameBytes)
        {
            return SendStatus.TooLarge;
        }

        int id = queue.Id;
        if (id < 0)
        {
            return OnClosed(id);
        }

        byte[]? buffer = t_sendBuffer;
        if (buffer is null || buffer.Length < SysMsg.MTypeBytes + frame.Length)
        {
            buffer = GrowSendBuffer(frame.Length);
        }

        Errno error;
        fixed (byte* message = buffer)
        {
            Unsafe.WriteUnaligned(message, to.MType);
            frame.CopyTo(new Span<byte>(message + SysMsg.MTypeBytes, frame.Length));
            error = _calls.Send(id, message, frame.Length);
        }

        return error == Errno.None ? SendStatus.Sent : OnSendFailed(queue, id, error);
    }

    /// <inheritdoc/>
    public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        SysVQueue queue = QueueOf(mailbox);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_readers.ContainsKey(mailbox))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is being read already.");
            }

            var reader = new SysVMailboxReader(mailbox, receiver, queue, _keeper, _calls, Limits.MaxFrameBytes, _idleStrategy, _metrics, _logger);
            _readers[mailbox] = reader;
            _keeper.Add(reader);
            reader.Start();
        }
    }

    /// <inheritdoc/>
    public void ReplaceReader(Mailbox mailbox)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_readers.TryGetValue(mailbox, out SysVMailboxReader? reader))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is not being read.");
            }

            reader.Replace();
        }

        SysVLog.ReaderReplaced(_logger, mailbox);
    }

    /// <inheritdoc/>
    public long GetIncarnation(DaemonClaim daemon)
    {
        daemon.Validate();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return _membership.HolderOf(daemon);
    }

    /// <inheritdoc/>
    public bool? IsPresent(DaemonClaim daemon)
    {
        daemon.Validate();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return _membership.IsTaken(daemon);
    }

    /// <inheritdoc/>
    public int Discard(DaemonClaim reader, long incarnation)
    {
        reader.Validate();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return new SysVDiscarder(_membership, _calls).Discard(reader, incarnation, QueueOf);
    }

    /// <inheritdoc/>
    public MailboxDepth GetDepth(Mailbox mailbox)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        int id = QueueOf(mailbox).Id;
        if (id < 0)
        {
            return default;
        }

        CallResult stat = _calls.StatQueue(id, out MsqidDs state);
        return stat.Succeeded ? new MailboxDepth((long)state.msg_qnum, (long)state.msg_cbytes)
            : stat.Error is Errno.EINVAL or Errno.EIDRM ? default
            : new MailboxDepth(1, mailbox.IsReadByChannel ? Limits.RequestCapacityBytes : Limits.ResultCapacityBytes);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isDisposed, true);
            _stopping ??= new SysVShutdown(_keeper, [.. _readers.Values], _membership, _logger).RunAsync();
            return new ValueTask(_stopping);
        }
    }

    private static int ReadMaxMessageBytes(SysVCalls calls)
    {
        CallResult read = calls.QueueLimits(out MsgInfo system);
        return read.Succeeded
            ? system.msgmax
            : throw new ResourceRefusedException(
                $"The limits of message queues cannot be read (msgctl IPC_INFO): {ErrnoTable.Describe(read.Error)}. {SysVAdvice.For(read.Error)}");
    }

    private static byte[] GrowSendBuffer(int frameBytes)
    {
        int neededBytes = SysMsg.MTypeBytes + frameBytes;
        int roundedBytes = (int)Math.Min(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)neededBytes), (uint)Array.MaxLength);
        return t_sendBuffer = GC.AllocateUninitializedArray<byte>(Math.Max(roundedBytes, SmallestBufferBytes), pinned: true);
    }

    private SysVQueue QueueOf(Mailbox mailbox)
    {
        mailbox.Validate();
        return mailbox.IsReadByChannel ? _requestQueue : _resultQueue;
    }

    private SendStatus OnClosed(int id)
    {
        if (id == SysVQueue.Refused)
        {
            _metrics.SendRefused();
            return SendStatus.Refused;
        }

        _metrics.SendGone();
        return SendStatus.Gone;
    }

    private SendStatus OnSendFailed(SysVQueue queue, int id, Errno error)
    {
        switch (error)
        {
            // Without kernel memory the message does not fit either, and that passes as well.
            case Errno.EAGAIN or Errno.ENOMEM:
                _metrics.SendFull();
                return SendStatus.Full;

            // EINVAL of a queue that is there: kernel.msgmax was lowered since the start.
            case Errno.EINVAL when _calls.StatQueue(id, out _) is { Error: not (Errno.EINVAL or Errno.EIDRM) }:
                return SendStatus.TooLarge;

            case Errno.EIDRM or Errno.EINVAL:
                _keeper.ReportGone(queue, id);
                _metrics.SendGone();
                return SendStatus.Gone;

            // Its mode was changed, or a filter forbids the call. Nothing went out, and both can pass: a value like the others, for
            // senders are timers and reading threads, which have nobody to throw to.
            default:
                _metrics.SendRefused();
                if (_sendLog.TryPass(out long heldBack))
                {
                    SysVLog.SendFailed(_logger, queue.Name, queue.Key, ErrnoTable.Describe(error), heldBack);
                }

                return SendStatus.Refused;
        }
    }
}
