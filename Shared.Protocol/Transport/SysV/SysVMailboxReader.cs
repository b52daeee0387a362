using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Reads one mailbox on a thread of its own, blocked in <c>msgrcv</c>. No token and no descriptor reaches a thread there, so it is woken
/// by an empty message to itself.
/// <para>
/// An empty message fits into a queue that is full by bytes, and it need not be told from an empty message of somebody else: this
/// class counts the wakes that are under way, and takes that many empty messages for itself. Whoever sent them, as many are delivered as
/// others sent. A thread does not end while a wake is under way, so none remains for the next run.
/// </para>
/// <para>
/// A wake is sent only to a thread that sleeps, that is, one whose mailbox is empty: so the wake is at the head, and stopping does not
/// read a backlog that the next run should have.
/// </para>
/// <para>
/// A thread that does not come back from its receiver can be replaced. It is outside msgrcv then, so whatever is counted here goes over to the
/// next one as it stands; the old one sees at its return that it is not its turn any more, and touches nothing.
/// </para>
/// </summary>
internal sealed unsafe class SysVMailboxReader
{
    private const int RetryMs = 100;

    private static readonly TimeSpan s_logInterval = TimeSpan.FromSeconds(10);

    private readonly Mailbox _mailbox;
    private readonly GuardedReceiver _receiver;
    private readonly SysVQueue _queue;
    private readonly SysVQueueKeeper _keeper;
    private readonly SysVCalls _calls;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;
    private readonly int _maxFrameBytes;
    private readonly Func<IIdleStrategy> _idleStrategy;
    private readonly LogThrottle _oversizeLog = new(s_logInterval);
    private readonly LogThrottle _faultLog = new(s_logInterval);
    private readonly LogThrottle _errorLog = new(s_logInterval);
    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _turn;
    private int _seenResets;
    private int _wakesUnderWay;
    private bool _isInReceive;
    private bool _isStopping;
    private long _receives;

    internal SysVMailboxReader(
        Mailbox mailbox, IFrameReceiver receiver, SysVQueue queue, SysVQueueKeeper keeper, SysVCalls calls, int maxFrameBytes, Func<IIdleStrategy> idleStrategy, TransportMetrics metrics, ILogger logger)
    {
        _mailbox = mailbox;
        _receiver = new GuardedReceiver(receiver, OnReceiverFailed);
        _queue = queue;
        _keeper = keeper;
        _calls = calls;
        _maxFrameBytes = maxFrameBytes;
        _idleStrategy = idleStrategy;
        _metrics = metrics;
        _logger = logger;
        _seenResets = keeper.Resets;
    }

    /// <summary>Completes when the thread has ended.</summary>
    internal Task Ended => _ended.Task;

    internal Mailbox Mailbox => _mailbox;

    /// <summary>How many resets of the transport's queues the receiver was told of.</summary>
    internal int SeenResets => Volatile.Read(ref _seenResets);

    /// <summary>Counts the calls of msgrcv: unchanged means asleep, or in one and the same call of the receiver.</summary>
    internal long Receives => Volatile.Read(ref _receives);

    internal bool IsInReceive => Volatile.Read(ref _isInReceive);

    private bool IsStopping => Volatile.Read(ref _isStopping);

    internal void Start() => StartThread(_turn);

    /// <summary>See <see cref="ITransport.ReplaceReader"/>.</summary>
    internal void Replace() => StartThread(Interlocked.Increment(ref _turn));

    /// <summary>Asks the thread to end after the frame in hand. A sleeping one needs <see cref="TryWake"/> as well.</summary>
    internal void RequestStop()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isStopping, true);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Sends the thread an empty message, unless one is under way. False where the queue takes none. Called by one thread at a time: the
    /// keeper, and after its end whoever stops the reader.
    /// </summary>
    internal bool TryWake()
    {
        int id = _queue.Id;
        if (id < 0 || Volatile.Read(ref _wakesUnderWay) > 0)
        {
            return true;
        }

        Interlocked.Increment(ref _wakesUnderWay);
        long empty = _mailbox.MType;
        if (_calls.Send(id, (byte*)&empty, 0) == Errno.None)
        {
            return true;
        }

        TryTakeWake();
        return false;
    }

    private void StartThread(int turn) => new Thread(() => Run(turn))
    {
        IsBackground = true,
        Name = $"sysv-read {_mailbox.Kind.ToString().ToLowerInvariant()}#{_mailbox.Instance}",
    }.Start();

    private void Run(int turn)
    {
        try
        {
            // One byte more than a frame may have: a message that fills it was longer than allowed, cut or not.
            byte[] buffer = GC.AllocateUninitializedArray<byte>(SysMsg.MTypeBytes + _maxFrameBytes + 1, pinned: true);
            byte* message = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
            Read(message, turn);
            GC.KeepAlive(buffer);
        }
        finally
        {
            if (Volatile.Read(ref _turn) == turn)
            {
                _ended.TrySetResult();
            }
        }
    }

    private void Read(byte* message, int turn)
    {
        IIdleStrategy idle = _idleStrategy();
        while (Volatile.Read(ref _turn) == turn && (!IsStopping || Volatile.Read(ref _wakesUnderWay) > 0))
        {
            int id = _queue.Id;
            if (id < 0)
            {
                Interlocked.Exchange(ref _wakesUnderWay, 0);
                if (!IsStopping)
                {
                    _queue.WaitUntilOpen(RetryMs);
                }

                continue;
            }

            if (_seenResets != _keeper.Resets)
            {
                DeliverReset();
            }

            if (!TrySpin(id, message, idle, turn, out CallResult received))
            {
                received = Receive(id, message);
            }

            if (!received.Succeeded)
            {
                OnReadFailed(id, received.Error);
                continue;
            }

            idle.OnFrame();
            if (_receiver.ExpectsMore)
            {
                DeliverBurst(message, received.Value, id, turn);
            }
            else
            {
                Deliver(message, received.Value);
            }
        }
    }

    /// <summary>Delivers a frame and those behind it that are there already.</summary>
    private void DeliverBurst(byte* message, int lengthBytes, int id, int turn)
    {
        _receiver.OnBurstBegin();
        Deliver(message, lengthBytes);
        for (int frames = 1; frames < GuardedReceiver.MaxBurst && _receiver.ExpectsMore && !IsStopping && Volatile.Read(ref _turn) == turn; frames++)
        {
            // Whatever else is wrong shows at the next read that waits.
            CallResult received = _calls.TryReceive(id, message, _maxFrameBytes + 1, _mailbox.MType);
            if (!received.Succeeded)
            {
                break;
            }

            Deliver(message, received.Value);
        }

        _receiver.OnBurstEnd();
    }

    private CallResult Receive(int id, byte* message)
    {
        Volatile.Write(ref _receives, _receives + 1);
        Volatile.Write(ref _isInReceive, true);
        CallResult received = _calls.Receive(id, message, _maxFrameBytes + 1, _mailbox.MType);
        Volatile.Write(ref _isInReceive, false);
        return received;
    }

    /// <summary>
    /// Looks again and again without sleeping, as the idle strategy says. False where nothing came. No wake is sent to a thread that is here; it looks at what it
    /// would be woken for by itself.
    /// </summary>
    private bool TrySpin(int id, byte* message, IIdleStrategy idle, int turn, out CallResult received)
    {
        received = default;
        if (!idle.LooksAgain(_receiver.ExpectsMore))
        {
            return false;
        }

        do
        {
            received = _calls.TryReceive(id, message, _maxFrameBytes + 1, _mailbox.MType);
            if (received.Error != Errno.ENOMSG)
            {
                return true;
            }
        }
        while (!IsStopping && Volatile.Read(ref _turn) == turn && _seenResets == _keeper.Resets && idle.TryPause());
        return false;
    }

    private void Deliver(byte* message, int lengthBytes)
    {
        if (lengthBytes == 0 && TryTakeWake())
        {
            return;
        }

        if (lengthBytes > _maxFrameBytes)
        {
            _metrics.Oversize();
            if (_oversizeLog.TryPass(out long heldBack))
            {
                SysVLog.Oversize(_logger, _mailbox, _maxFrameBytes, heldBack);
            }

            return;
        }

        _receiver.OnFrame(new ReadOnlySpan<byte>(message + SysMsg.MTypeBytes, lengthBytes));
    }

    private void DeliverReset()
    {
        Volatile.Write(ref _seenResets, _keeper.Resets);
        _receiver.OnReset();
    }

    private void OnReceiverFailed(Exception exception)
    {
        _metrics.ReceiverFault();
        if (_faultLog.TryPass(out long heldBack))
        {
            SysVLog.ReceiverFailed(_logger, exception, _mailbox, heldBack);
        }
    }

    private void OnReadFailed(int id, Errno error)
    {
        if (error is Errno.EIDRM or Errno.EINVAL)
        {
            Interlocked.Exchange(ref _wakesUnderWay, 0);
            _keeper.ReportGone(_queue, id);
            return;
        }

        // The queue is there but cannot be read: its mode was changed, or the kernel is short of memory. Both can pass.
        _metrics.ReadError();
        if (_errorLog.TryPass(out long heldBack))
        {
            SysVLog.ReadFailed(_logger, _mailbox, ErrnoTable.Describe(error), heldBack);
        }

        if (IsStopping)
        {
            Interlocked.Exchange(ref _wakesUnderWay, 0);
        }

        lock (_gate)
        {
            if (!IsStopping)
            {
                Monitor.Wait(_gate, RetryMs);
            }
        }
    }

    private bool TryTakeWake()
    {
        int wakes = Volatile.Read(ref _wakesUnderWay);
        while (wakes > 0)
        {
            int seen = Interlocked.CompareExchange(ref _wakesUnderWay, wakes - 1, wakes);
            if (seen == wakes)
            {
                return true;
            }

            wakes = seen;
        }

        return false;
    }
}
