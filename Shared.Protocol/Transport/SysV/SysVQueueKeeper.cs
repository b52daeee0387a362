using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Finds a queue anew after somebody removed it, for readers and senders alike. One background thread, asleep unless a queue is gone;
/// once a second it looks whether one vanished that nobody here used, and whether the daemons' semaphore set still stands.
/// </summary>
internal sealed class SysVQueueKeeper
{
    private const int CheckMs = 1000;
    private const int FirstBackoffMs = 20;
    private const int LastBackoffMs = 200;

    private readonly SysVQueue[] _queues;
    private readonly int _requestKey;
    private readonly SysVMembership _membership;
    private readonly SysVCalls _calls;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;
    private readonly LogThrottle _refusedLog = new(TimeSpan.FromSeconds(10));
    private readonly LogThrottle _registerLog = new(TimeSpan.FromSeconds(10));
    private readonly ConcurrentBag<SysVMailboxReader> _readers = [];
    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _resets;
    private bool _isSignalled;
    private bool _isStopping;

    internal SysVQueueKeeper(SysVQueue[] queues, int requestKey, SysVMembership membership, SysVCalls calls, TransportMetrics metrics, ILogger logger)
    {
        _queues = queues;
        _requestKey = requestKey;
        _membership = membership;
        _calls = calls;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>How often a queue was found anew. Frames in both directions may be lost with either, so every reader is told.</summary>
    internal int Resets => Volatile.Read(ref _resets);

    /// <summary>Completes when the thread has ended.</summary>
    internal Task Ended => _ended.Task;

    internal void Start() => new Thread(Run) { IsBackground = true, Name = "sysv-keep" }.Start();

    internal void Add(SysVMailboxReader reader) => _readers.Add(reader);

    internal void RequestStop()
    {
        Volatile.Write(ref _isStopping, true);
        Signal();
    }

    /// <summary>The queue of this id answered EIDRM or EINVAL: from now on it counts as gone, and is looked up.</summary>
    internal void ReportGone(SysVQueue queue, int id)
    {
        queue.MarkGone(id);
        Signal();
    }

    private void Run()
    {
        try
        {
            int backoffMs = FirstBackoffMs;
            while (!Volatile.Read(ref _isStopping))
            {
                if (TendAll())
                {
                    backoffMs = FirstBackoffMs;
                    WaitForSignal(CheckMs);
                }
                else
                {
                    WaitForSignal(backoffMs);
                    backoffMs = Math.Min(2 * backoffMs, LastBackoffMs);
                }
            }

            // The wakes of the stop, sent next, would hide who else used the queues.
            NoteUsers();
        }
        catch (Exception exception)
        {
            SysVLog.KeeperFailed(_logger, exception, _requestKey);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void NoteUsers()
    {
        foreach (SysVQueue queue in _queues)
        {
            if (queue.Id is >= 0 and var id && _calls.StatQueue(id, out MsqidDs state).Succeeded)
            {
                queue.Users.Note(state);
            }
        }
    }

    private void Signal()
    {
        lock (_gate)
        {
            _isSignalled = true;
            Monitor.Pulse(_gate);
        }
    }

    private void WaitForSignal(int timeoutMs)
    {
        lock (_gate)
        {
            if (!_isSignalled)
            {
                Monitor.Wait(_gate, timeoutMs);
            }

            _isSignalled = false;
        }
    }

    /// <summary>Whether everything is in order.</summary>
    private bool TendAll()
    {
        bool isInOrder = _membership.Settle() & TendRegistration();
        foreach (SysVQueue queue in _queues)
        {
            isInOrder &= Tend(queue);
        }

        // Whoever sleeps in the other queue learns of the loss by a wake.
        foreach (SysVMailboxReader reader in _readers)
        {
            if (reader.SeenResets != Resets && reader.IsInReceive)
            {
                reader.TryWake();
                isInOrder = false;
            }
        }

        return isInOrder;
    }

    private bool TendRegistration()
    {
        if (_membership.IsRegistered)
        {
            return true;
        }

        try
        {
            _membership.Rejoin();
            SysVLog.Registered(_logger, _requestKey);
            return true;
        }
        catch (ResourceRefusedException refused)
        {
            if (_registerLog.TryPass(out long heldBack))
            {
                SysVLog.NotRegistered(_logger, _requestKey, refused.Message, heldBack);
            }

            return false;
        }
    }

    private bool Tend(SysVQueue queue)
    {
        int id = queue.Id;
        if (id >= 0)
        {
            CallResult stat = _calls.StatQueue(id, out MsqidDs state);
            if (stat.Error is not (Errno.EINVAL or Errno.EIDRM))
            {
                queue.Users.Note(state);
                return true;
            }

            queue.MarkGone(id);
            id = queue.Id;
        }

        if (id >= 0)
        {
            return true;
        }

        if (id == SysVQueue.Gone)
        {
            SysVLog.QueueGone(_logger, queue.Name, queue.Key);
        }

        try
        {
            SysVOpenedQueue opened = _membership.Reopen(queue);
            _metrics.Reopened();
            SysVLog.QueueReopened(_logger, queue.Name, queue.Key, opened.Id);

            // Before the queue opens: a reader tells its receiver of the reset before the first frame of the new queue.
            Interlocked.Increment(ref _resets);
            queue.Open(opened.Id);
            return true;
        }
        catch (ResourceRefusedException refused)
        {
            queue.MarkRefused();
            _metrics.OwnerMismatch();
            if (_refusedLog.TryPass(out long heldBack))
            {
                SysVLog.QueueRefused(_logger, queue.Name, queue.Key, refused.Message, heldBack);
            }

            return false;
        }
    }
}
