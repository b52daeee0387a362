using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// The processes seen at a queue. The kernel names only the last sender and the last receiver, and a daemon's own message hides a C
/// program's; so they are noted once a second, and before a stopping daemon wakes its readers. For any threads.
/// </summary>
internal sealed class SysVQueueUsers
{
    // A pair of daemons has one C program at the other side, or a few; beyond that the oldest are forgotten.
    private const int MaxNoted = 64;
    private readonly Lock _gate = new();
    private readonly List<int> _pids = [];

    internal int[] Pids
    {
        get
        {
            lock (_gate)
            {
                return [.. _pids];
            }
        }
    }

    internal void Note(in MsqidDs state)
    {
        lock (_gate)
        {
            Note(state.msg_lspid);
            Note(state.msg_lrpid);
        }
    }

    private void Note(int pid)
    {
        if (pid > 0 && pid != Environment.ProcessId && !_pids.Contains(pid))
        {
            if (_pids.Count == MaxNoted)
            {
                _pids.RemoveAt(0);
            }

            _pids.Add(pid);
        }
    }
}
