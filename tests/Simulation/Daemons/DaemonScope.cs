namespace Simulation.Daemons;

/// <summary>As long as it lasts, the world's thread is one of a daemon's: what it hands over to other threads stays in that daemon.</summary>
internal readonly ref struct DaemonScope
{
    private readonly SynchronizationContext? _outer;

    public DaemonScope(DaemonContext context)
    {
        _outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
    }

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_outer);
}
