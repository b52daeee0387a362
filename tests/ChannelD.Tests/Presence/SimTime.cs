namespace ChannelD.Tests.Presence;

/// <summary>The time of one process: its timers do not fire while it is stopped, and late ones fire when it goes on.</summary>
internal sealed class SimTime(TimeProvider time) : TimeProvider
{
    private readonly List<Action> _late = [];
    private bool _isGone;

    public bool IsRunning { get; private set; } = true;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(
        _ =>
        {
            if (IsRunning)
            {
                callback(state);
            }
            else if (!_isGone && _late.Count == 0)
            {
                _late.Add(() => callback(state));
            }
        },
        null,
        dueTime,
        period);

    public void Stop(bool forGood)
    {
        IsRunning = false;
        _isGone |= forGood;
    }

    public void Resume()
    {
        IsRunning = true;
        List<Action> late = [.. _late];
        _late.Clear();
        late.ForEach(call => call());
    }
}
