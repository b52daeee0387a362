using ChannelD.State;

namespace ChannelD.Tests.State.Support;

/// <summary>The real time, in which no operation of a store is late: the machine that runs the tests may be as slow as it likes.</summary>
internal sealed class PatientTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime.TotalMilliseconds >= StateStore.DeadlineMs ? Timeout.InfiniteTimeSpan : dueTime, period);
}
