namespace Testing.Support.Time;

/// <summary>
/// A time that stands still until it is moved. Timers fire inside <see cref="Advance"/>, on the caller's thread, in the order of their
/// due times and, where those are equal, of their making: so a run depends on nothing but the calls made.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private const long NsPerTick = 100;

    private readonly List<ManualTimer> _timers = [];
    private readonly Lock _gate = new();
    private long _nowNs = 1_000_000_000_000;
    private long _made;

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000_000_000;

    /// <summary>The time, in nanoseconds since nothing in particular.</summary>
    public long NowNs => Volatile.Read(ref _nowNs);

    /// <summary>When the next timer is due, in nanoseconds; null when none is.</summary>
    public long? NextDueNs
    {
        get
        {
            lock (_gate)
            {
                return FindNext()?.DueNs;
            }
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => NowNs;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(NowNs / NsPerTick);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new ManualTimer(this, callback, state, _made++);
            _timers.Add(timer);
            timer.Set(dueTime, period);
            return timer;
        }
    }

    /// <summary>Moves the time on and fires what becomes due on the way.</summary>
    public void Advance(TimeSpan by) => AdvanceTo(NowNs + (by.Ticks * NsPerTick));

    /// <summary>Moves the time on to a point and fires what becomes due on the way.</summary>
    public void AdvanceTo(long untilNs)
    {
        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = FindNext();
                if (next is null || next.DueNs > untilNs)
                {
                    _nowNs = Math.Max(_nowNs, untilNs);
                    return;
                }

                _nowNs = Math.Max(_nowNs, next.DueNs);
                next.Rearm();
            }

            next.Fire();
        }
    }

    /// <summary>
    /// Moves the time on without firing anything on the way, as for a process that was stopped: what has become due fires once at the next
    /// <see cref="Advance"/>.
    /// </summary>
    public void JumpTo(long untilNs) => Volatile.Write(ref _nowNs, Math.Max(_nowNs, untilNs));

    private ManualTimer? FindNext()
    {
        ManualTimer? next = null;
        foreach (ManualTimer timer in _timers)
        {
            if (timer.DueNs >= 0 && (next is null || timer.DueNs < next.DueNs || (timer.DueNs == next.DueNs && timer.Number < next.Number)))
            {
                next = timer;
            }
        }

        return next;
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state, long number) : ITimer
    {
        private long _periodNs;

        public long Number { get; } = number;

        // Below zero while it is not set.
        public long DueNs { get; private set; } = -1;

        public void Set(TimeSpan dueTime, TimeSpan period)
        {
            DueNs = dueTime == Timeout.InfiniteTimeSpan ? -1 : owner._nowNs + (dueTime.Ticks * NsPerTick);
            _periodNs = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks * NsPerTick;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                Set(dueTime, period);
            }

            return true;
        }

        public void Rearm() => DueNs = _periodNs > 0 ? Math.Max(DueNs, owner._nowNs) + _periodNs : -1;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (owner._gate)
            {
                DueNs = -1;
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
