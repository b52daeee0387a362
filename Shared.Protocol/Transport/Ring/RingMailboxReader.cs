using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// Reads one mailbox on a thread of its own: takes what is there, then spins as its idle strategy says, then sleeps on the ring's futex, with a deadline, for it
/// also shows that it lives and looks after claims of the dead. A thread that does not come back from its receiver can be replaced: it holds nothing of the ring
/// then, and sees at its return that it is not its turn any more.
/// </summary>
internal sealed class RingMailboxReader
{
    private const int RetryMs = 20;
    private const int BusyMs = 1;
    private const int FramesBetweenBeats = 1024;

    // A producer copies for microseconds.
    private const int PendingSpins = 200;
    private static readonly TimeSpan s_sleep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_pendingSleep = TimeSpan.FromMilliseconds(20);

    // The fault matrix: a slot whose producer died is skipped within a second. One whose producer is stopped holds the mailbox up no longer.
    private const int StallMs = 1000;
    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_logInterval = TimeSpan.FromSeconds(10);

    private readonly RingPort _port;
    private readonly GuardedReceiver _receiver;
    private readonly Func<IIdleStrategy> _idleStrategy;
    private readonly RingResets _resets;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Func<bool> _mustStay;
    private readonly LogThrottle _faultLog = new(s_logInterval);
    private readonly LogThrottle _unblockedLog = new(s_logInterval);
    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Ring? _reading;
    private int _turn;
    private int _seenResets;
    private long _pendingSinceMs;
    private bool _isStopping;

    internal RingMailboxReader(RingPort port, IFrameReceiver receiver, Func<IIdleStrategy> idleStrategy, RingResets resets, TransportMetrics metrics, ILogger logger)
    {
        _port = port;
        _receiver = new GuardedReceiver(receiver, OnReceiverFailed);
        _idleStrategy = idleStrategy;
        _resets = resets;
        _metrics = metrics;
        _logger = logger;
        _seenResets = resets.Count;
        _mustStay = () => IsStopping || _seenResets != _resets.Count || _reading is not { Retired: RingDescriptor.InUse };
    }

    private bool IsStopping => Volatile.Read(ref _isStopping);

    internal void Start() => StartThread(_turn);

    /// <summary>See <see cref="ITransport.ReplaceReader"/>.</summary>
    internal void Replace() => StartThread(Interlocked.Increment(ref _turn));

    /// <summary>Ends the thread after the frame in hand.</summary>
    internal async Task StopAsync()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isStopping, true);
            Monitor.PulseAll(_gate);
        }

        _port.WakeReader();
        try
        {
            await _ended.Task.WaitAsync(s_stopDeadline).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            RingLog.ReaderLeftBehind(_logger, _port.Mailbox);
        }
    }

    private void StartThread(int turn) => new Thread(() => Run(turn))
    {
        IsBackground = true,
        Name = $"ring-read {_port.Mailbox.Kind.ToString().ToLowerInvariant()}#{_port.Mailbox.Instance}",
    }.Start();

    private bool IsOver(int turn) => IsStopping || Volatile.Read(ref _turn) != turn;

    private void Run(int turn)
    {
        try
        {
            IIdleStrategy idle = _idleStrategy();
            byte[] buffer = [];
            while (!IsOver(turn))
            {
                if (_port.Open(make: true, isReader: true) is not { } ring)
                {
                    Pause(RetryMs);
                }
                else if (ring.TryEnter())
                {
                    try
                    {
                        if (buffer.Length < ring.MaxFrameBytes)
                        {
                            buffer = GC.AllocateUninitializedArray<byte>(ring.MaxFrameBytes);
                        }

                        RingLog.Reading(_logger, _port.Mailbox, ring.Generation, ring.RingBytes);
                        Read(ring, buffer, idle, turn);
                    }
                    finally
                    {
                        ring.Leave();
                    }
                }
            }
        }
        finally
        {
            if (Volatile.Read(ref _turn) == turn)
            {
                _ended.TrySetResult();
            }
        }
    }

    /// <summary>Reads one ring until it was given up and has nothing left, or it is over.</summary>
    private void Read(Ring ring, byte[] buffer, IIdleStrategy idle, int turn)
    {
        int untilBeat = 0;
        _reading = ring;
        while (!IsOver(turn))
        {
            if (_seenResets != _resets.Count)
            {
                DeliverReset();
            }

            if (--untilBeat < 0)
            {
                ring.Beat();
                untilBeat = FramesBetweenBeats;
            }

            RingTake taken = ring.TryTake(buffer, out int value);
            switch (taken)
            {
                case RingTake.Frame:
                    _pendingSinceMs = 0;
                    idle.OnFrame();
                    if (_receiver.ExpectsMore)
                    {
                        DeliverBurst(ring, buffer, value, turn);
                    }
                    else
                    {
                        _receiver.OnFrame(buffer.AsSpan(0, value));
                    }

                    break;

                case RingTake.Empty when ring.Retired != RingDescriptor.InUse:
                    // Whoever claims before this is read; nobody does after.
                    ring.Close();
                    break;

                case RingTake.Empty:
                    _pendingSinceMs = 0;
                    if (!TrySpin(ring, idle, turn))
                    {
                        ring.Sleep(s_sleep, _mustStay);
                        untilBeat = 0;
                    }

                    break;

                case RingTake.Pending:
                    OnPending(ring, value);
                    untilBeat = 0;
                    break;

                case RingTake.Busy:
                    Pause(BusyMs);
                    break;

                default:
                    GoOver(ring, taken);
                    return;
            }
        }
    }

    /// <summary>Delivers a frame and those behind it that are there already. Whatever else there is shows at the next look.</summary>
    private void DeliverBurst(Ring ring, byte[] buffer, int lengthBytes, int turn)
    {
        _receiver.OnBurstBegin();
        _receiver.OnFrame(buffer.AsSpan(0, lengthBytes));
        for (int frames = 1; frames < GuardedReceiver.MaxBurst && _receiver.ExpectsMore && !IsOver(turn); frames++)
        {
            if (ring.TryTake(buffer, out lengthBytes) != RingTake.Frame)
            {
                break;
            }

            _receiver.OnFrame(buffer.AsSpan(0, lengthBytes));
        }

        _receiver.OnBurstEnd();
    }

    private bool TrySpin(Ring ring, IIdleStrategy idle, int turn)
    {
        if (!idle.LooksAgain(_receiver.ExpectsMore))
        {
            return false;
        }

        while (idle.TryPause())
        {
            if (ring.HasFrame || _mustStay() || IsOver(turn))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next frame is being copied by its producer, or it was when that died or was stopped.</summary>
    private void OnPending(Ring ring, int producer)
    {
        bool isGivenUp = ring.Retired != RingDescriptor.InUse;
        for (int spin = 0; spin < PendingSpins && !ring.HasFrame; spin++)
        {
            Thread.SpinWait(1 + (spin / 4));
        }

        if (ring.HasFrame)
        {
            return;
        }

        long nowMs = Environment.TickCount64;
        _pendingSinceMs = _pendingSinceMs == 0 ? nowMs : _pendingSinceMs;
        if (!ring.IsAlive(producer))
        {
            if (ring.SkipPending())
            {
                _metrics.RingUnblocked();
                if (_unblockedLog.TryPass(out long heldBack))
                {
                    RingLog.Unblocked(_logger, _port.Mailbox, producer, heldBack);
                }
            }

            _pendingSinceMs = 0;
        }
        else if (isGivenUp)
        {
            // It learns from its commit that the frame is not sent.
            _ = ring.SkipPending();
            _pendingSinceMs = 0;
        }
        else if (nowMs - _pendingSinceMs >= StallMs)
        {
            // It may go on at any time and write to where its frame should be. So that must stay as it is, and nobody else may ever claim it: another ring.
            RingLog.Stalled(_logger, _port.Mailbox, producer, nowMs - _pendingSinceMs);
            _metrics.RingUnblocked();
            _ = ring.Retire(RingDescriptor.RetiredInOrder);
        }
        else
        {
            ring.Sleep(s_pendingSleep, _mustStay);
        }
    }

    private void GoOver(Ring ring, RingTake why)
    {
        if (why == RingTake.Damaged)
        {
            _ = ring.Retire(RingDescriptor.RetiredAsDamaged);
        }

        bool isDamaged = why == RingTake.Damaged || ring.Retired == RingDescriptor.RetiredAsDamaged;
        if (isDamaged)
        {
            _metrics.RingReset();
            RingLog.Damaged(_logger, _port.Mailbox, "Somebody wrote into it who should not, or the memory failed.");
        }

        _port.Lose(ring, isDamaged);
    }

    private void DeliverReset()
    {
        _seenResets = _resets.Count;
        _receiver.OnReset();
    }

    private void OnReceiverFailed(Exception exception)
    {
        _metrics.ReceiverFault();
        if (_faultLog.TryPass(out long heldBack))
        {
            RingLog.ReceiverFailed(_logger, exception, _port.Mailbox, heldBack);
        }
    }

    private void Pause(int ms)
    {
        lock (_gate)
        {
            if (!IsStopping)
            {
                Monitor.Wait(_gate, ms);
            }
        }
    }
}
