using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.SysV;

namespace Transport.Conformance.SysV;

/// <summary>A kernel as another daemon sees it between the two steps in which the first one makes the semaphore set and gives it to the group.</summary>
internal sealed class LateGroupCalls(Errno error) : SysVCalls
{
    private int _looks;

    /// <summary>How often the set is looked at before it is the group's.</summary>
    internal int EarlyLooks { get; init; }

    internal override CallResult StatSet(int setId, out SemidDs state)
    {
        CallResult stat = base.StatSet(setId, out state);
        if (++_looks > EarlyLooks)
        {
            return stat;
        }

        state.sem_perm.gid++;
        return error == Errno.None ? stat : new CallResult(-1, error);
    }
}
