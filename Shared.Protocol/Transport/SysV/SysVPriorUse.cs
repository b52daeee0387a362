using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>What a queue shows of those who use it, before this process does.</summary>
/// <param name="Messages">How many messages lie in it (<c>msg_qnum</c>).</param>
/// <param name="LastSendAt">When the last message was put in (<c>msg_stime</c>, in whole seconds of the wall clock); null for never.</param>
internal readonly record struct SysVPriorUse(long Messages, DateTimeOffset? LastSendAt)
{
    // The kernel keeps the time in whole seconds.
    private static readonly TimeSpan s_stampResolution = TimeSpan.FromSeconds(1);

    /// <summary>Looks at the queue of a key. One that is not there, or may not be read, was used by nobody.</summary>
    public static SysVPriorUse Read(int key)
    {
        CallResult found = SysVCalls.Kernel.GetQueue(key, 0);
        return found.Succeeded && SysVCalls.Kernel.StatQueue(found.Value, out MsqidDs state).Succeeded
            ? new SysVPriorUse((long)state.msg_qnum, state.msg_stime == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(state.msg_stime))
            : default;
    }

    /// <summary>
    /// Whether somebody may be about to answer what was asked before: messages lie there, or one was put in within that time. A clock that was set
    /// back meanwhile counts as recent.
    /// </summary>
    public bool IsRecent(DateTimeOffset now, TimeSpan within) => Messages > 0 || (LastSendAt is { } last && now - last < within + s_stampResolution);
}
