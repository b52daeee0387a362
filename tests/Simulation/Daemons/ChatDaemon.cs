using ChatD.Configuration;
using ChatD.Gateway;
using ChatD.Sessions;
using Faults.Checker.History;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Simulation.Players;

namespace Simulation.Daemons;

/// <summary>A run of chatD: its gateway and its sessions; what Kestrel does stands in <see cref="PlayerLink"/>.</summary>
internal sealed class ChatDaemon : SimDaemon
{
    // As the host does: players have that long to be answered before the gateway goes.
    private const long GoodbyeNs = 2000 * SimScheduler.NsPerMs;

    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(30);

    private readonly List<PlayerLink> _links = [];
    private long _goodbyeEndsNs;

    public ChatDaemon(SimWorld world, int instance)
        : base(world, DaemonKind.Chat, instance)
    {
        Gateway = new ChannelGateway(
            Options.Create(world.Settings.Ipc),
            Options.Create(new ChatOptions { Instance = instance }),
            Sessions,
            _ => Node,
            Time,
            NullLoggerFactory.Instance);
    }

    public ChannelGateway Gateway { get; }

    public SessionRegistry Sessions { get; } = new(firstId: 1);

    public override int Unended => Gateway.InFlightCount;

    /// <summary>Whether a step of its stop is being taken: what ends now ends on any thread.</summary>
    public bool IsClosing { get; private set; }

    public void Add(PlayerLink link) => _links.Add(link);

    public void Remove(PlayerLink link) => _links.Remove(link);

    protected override void Begin() => World.Watch(Gateway.StartAsync(CancellationToken.None));

    protected override void OnStop()
    {
        _goodbyeEndsNs = World.NowNs + GoodbyeNs;
        EndOnOtherThreads(Gateway.StoppingAsync(CancellationToken.None));
        foreach (PlayerLink link in _links.ToArray())
        {
            link.LeavePolitely();
        }

        AwaitGoodbyes();
    }

    protected override void OnGone()
    {
        PlayerLink[] links = [.. _links];
        _links.Clear();
        foreach (PlayerLink link in links)
        {
            link.Break();
        }
    }

    private void AwaitGoodbyes()
    {
        if (IsGone)
        {
            return;
        }

        if (IsPaused || (_links.Count > 0 && World.NowNs < _goodbyeEndsNs))
        {
            World.Scheduler.After(SimScheduler.NsPerMs, AwaitGoodbyes);
            return;
        }

        Enter();
        EndOnOtherThreads(Gateway.StopAsync(CancellationToken.None));
        Leave(ProcessChange.Stopped);
    }

    /// <summary>What cancels delays ends them on threads of the pool, and none of that may outlast this.</summary>
    private void EndOnOtherThreads(Task task)
    {
        IsClosing = true;
        World.AwaitOtherThread(task, s_stopTimeout);
        World.AwaitOtherThread(Task.WhenAll(_links.Select(link => link.Ending)), s_stopTimeout);
        IsClosing = false;
        foreach (PlayerLink link in _links.Where(link => link.IsEnded).ToArray())
        {
            link.Forget();
        }
    }
}
