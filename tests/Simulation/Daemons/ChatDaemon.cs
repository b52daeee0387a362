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
    private static readonly TimeSpan s_goodbyeTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_goodbyeStep = TimeSpan.FromMilliseconds(1);

    private readonly List<PlayerLink> _links = [];

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

    public void Add(PlayerLink link) => _links.Add(link);

    public void Remove(PlayerLink link) => _links.Remove(link);

    protected override void Begin() => World.Watch(Gateway.StartAsync(CancellationToken.None));

    protected override void OnStop() => World.Watch(StopAsync());

    protected override void OnGone()
    {
        PlayerLink[] links = [.. _links];
        _links.Clear();
        foreach (PlayerLink link in links)
        {
            link.Break();
        }
    }

    // In the steps of the host: the gateway is told, the players go, then the gateway goes.
    private async Task StopAsync()
    {
        await Gateway.StoppingAsync(CancellationToken.None);
        foreach (PlayerLink link in _links.ToArray())
        {
            link.LeavePolitely();
        }

        long beganAt = Time.GetTimestamp();
        while (_links.Count > 0 && Time.GetElapsedTime(beganAt) < s_goodbyeTime)
        {
            await Task.Delay(s_goodbyeStep, Time);
        }

        await Gateway.StopAsync(CancellationToken.None);
        Leave(ProcessChange.Stopped);
    }
}
