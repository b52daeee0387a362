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

    /// <summary>Whether its gateway stops: what ends now ends on any thread.</summary>
    public bool IsClosing { get; private set; }

    public void Add(PlayerLink link) => _links.Add(link);

    public void Remove(PlayerLink link) => _links.Remove(link);

    protected override void Begin() => World.Watch(Gateway.StartAsync(CancellationToken.None));

    protected override void OnStop()
    {
        _goodbyeEndsNs = World.NowNs + GoodbyeNs;
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
        IsClosing = true;
        World.AwaitOtherThread(Gateway.StopAsync(CancellationToken.None), s_stopTimeout);

        // A delay that is cancelled goes on on a thread of the pool: none of them may outlast this.
        World.AwaitOtherThread(Task.WhenAll(_links.Select(link => link.Ending)), s_stopTimeout);
        Leave(ProcessChange.Stopped);
    }
}
