namespace ChannelD.Limits;

/// <summary>Why a line was not run, and when the same would be.</summary>
/// <param name="WaitSeconds">After how many seconds, from 1 and rounded up.</param>
/// <param name="IsForNames">Whether it is for names asked for in vain, rather than for too many lines.</param>
public readonly record struct LimitRefusal(int WaitSeconds, bool IsForNames);
