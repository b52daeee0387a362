using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.SysV;

namespace Faults.Calls;

/// <summary>A kernel that counts its calls, and fails one of them: the n-th of a kind after <see cref="Arm"/>. For any threads.</summary>
internal sealed unsafe class FaultyCalls : SysVCalls
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CallKind, int> _counts = [];
    private CallKind _kind;
    private Errno _error;
    private int _left;
    private long _total;
    private volatile bool _hasFired;

    /// <summary>Whether the armed call has failed.</summary>
    internal bool HasFired => _hasFired;

    /// <summary>How many calls there were.</summary>
    internal long Total => Volatile.Read(ref _total);

    /// <summary>Has one call fail: the <paramref name="nth"/> of its kind from now on, before it does anything.</summary>
    internal void Arm(CallKind kind, Errno error, int nth)
    {
        lock (_gate)
        {
            (_kind, _error, _left) = (kind, error, nth);
            _hasFired = false;
            _counts.Clear();
        }
    }

    internal void Disarm() => Arm(default, Errno.None, 0);

    /// <summary>How many calls of a kind there were since the last <see cref="Arm"/>.</summary>
    internal int CountOf(CallKind kind)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(kind);
        }
    }

    internal override CallResult GetQueue(int key, int flags) =>
        Fails(CallKind.QueueGet, out CallResult failed) ? failed : base.GetQueue(key, flags);

    internal override Errno Send(int queueId, byte* message, int textBytes) =>
        Fails(CallKind.QueueSend, out CallResult failed) ? failed.Error : base.Send(queueId, message, textBytes);

    internal override CallResult Receive(int queueId, byte* message, int textBytes, long mtype) =>
        Fails(CallKind.QueueReceive, out CallResult failed) ? failed : base.Receive(queueId, message, textBytes, mtype);

    internal override CallResult StatQueue(int queueId, out MsqidDs state)
    {
        state = default;
        return Fails(CallKind.QueueStat, out CallResult failed) ? failed : base.StatQueue(queueId, out state);
    }

    internal override CallResult StatAnyQueue(int queueId, out MsqidDs state)
    {
        state = default;
        return Fails(CallKind.QueueStatAny, out CallResult failed) ? failed : base.StatAnyQueue(queueId, out state);
    }

    internal override CallResult SetQueue(int queueId, in MsqidDs state) =>
        Fails(CallKind.QueueSet, out CallResult failed) ? failed : base.SetQueue(queueId, state);

    internal override CallResult RemoveQueue(int queueId) =>
        Fails(CallKind.QueueRemove, out CallResult failed) ? failed : base.RemoveQueue(queueId);

    internal override CallResult QueueLimits(out MsgInfo limits)
    {
        limits = default;
        return Fails(CallKind.QueueLimits, out CallResult failed) ? failed : base.QueueLimits(out limits);
    }

    internal override CallResult GetSet(int key, int semaphores, int flags) =>
        Fails(CallKind.SetGet, out CallResult failed) ? failed : base.GetSet(key, semaphores, flags);

    internal override Errno Operate(int setId, ReadOnlySpan<SemBuf> operations, TimeSpan timeout) =>
        Fails(CallKind.SetOperate, out CallResult failed) ? failed.Error : base.Operate(setId, operations, timeout);

    internal override CallResult GetValue(int setId, int number) =>
        Fails(CallKind.SetGetValue, out CallResult failed) ? failed : base.GetValue(setId, number);

    internal override CallResult GetPid(int setId, int number) =>
        Fails(CallKind.SetGetPid, out CallResult failed) ? failed : base.GetPid(setId, number);

    internal override CallResult SetValue(int setId, int number, int value) =>
        Fails(CallKind.SetSetValue, out CallResult failed) ? failed : base.SetValue(setId, number, value);

    internal override CallResult StatSet(int setId, out SemidDs state)
    {
        state = default;
        return Fails(CallKind.SetStat, out CallResult failed) ? failed : base.StatSet(setId, out state);
    }

    internal override CallResult StatAnySet(int setId, out SemidDs state)
    {
        state = default;
        return Fails(CallKind.SetStatAny, out CallResult failed) ? failed : base.StatAnySet(setId, out state);
    }

    internal override CallResult SetSet(int setId, in SemidDs state) =>
        Fails(CallKind.SetSet, out CallResult failed) ? failed : base.SetSet(setId, state);

    internal override CallResult RemoveSet(int setId) =>
        Fails(CallKind.SetRemove, out CallResult failed) ? failed : base.RemoveSet(setId);

    private bool Fails(CallKind kind, out CallResult failed)
    {
        lock (_gate)
        {
            _total++;
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            bool isIt = kind == _kind && --_left == 0;
            _hasFired |= isIt;
            failed = new CallResult(-1, _error);
            return isIt;
        }
    }
}
