using System.IO.Pipelines;

namespace Simulation.Daemons;

/// <summary>
/// Stands for the thread pool in a daemon: what its code hands over to another thread runs a little later, in an order drawn from the seed. In
/// a paused daemon it waits; of one that is gone nothing runs any more.
/// </summary>
/// <param name="daemon">Whose pool it is.</param>
internal sealed class DaemonContext(SimDaemon daemon) : SynchronizationContext
{
    private const long LongestHopNs = 40_000;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _held = new();
    private readonly SimRandom _random = daemon.World.RandomFor(SimStream.Hops, daemon.Number);
    private PipeScheduler? _pipes;

    /// <summary>The same for pipes.</summary>
    public PipeScheduler Pipes => _pipes ??= new DaemonPipes(this);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        daemon.World.Scheduler.After(_random.Between(0, LongestHopNs), () => Run(d, state));
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing of a daemon waits for another thread.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The daemon goes on after a pause.</summary>
    public void OnResumed()
    {
        while (_held.TryDequeue(out (SendOrPostCallback Callback, object? State) work))
        {
            Post(work.Callback, work.State);
        }
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        if (daemon.IsPaused && !daemon.IsGone)
        {
            _held.Enqueue((callback, state));
            return;
        }

        using DaemonScope scope = daemon.Enter();
        if (!daemon.IsGone)
        {
            callback(state);
        }
    }

    private sealed class DaemonPipes(DaemonContext context) : PipeScheduler
    {
        public override void Schedule(Action<object?> action, object? state) => context.Post(new SendOrPostCallback(action), state);
    }
}
