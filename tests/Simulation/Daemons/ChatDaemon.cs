using ChatD.Configuration;
using ChatD.Connections;
using ChatD.Diagnostics;
using ChatD.Gateway;
using ChatD.Sessions;
using ChatD.Stays;
using Faults.Checker.History;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting;
using Simulation.Connections;
using Simulation.Players;

namespace Simulation.Daemons;

/// <summary>A run of chatD: everything but Kestrel, for which <see cref="SimConnection"/> stands.</summary>
internal sealed class ChatDaemon : SimDaemon
{
    // As the host does: players have that long to go before the gateway does.
    private static readonly TimeSpan s_goodbyeTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_goodbyeStep = TimeSpan.FromMilliseconds(1);

    private readonly List<GatewayLink> _links = [];
    private readonly List<SimConnection> _connections = [];
    private readonly StayRegistry _stays = new();
    private readonly ChatMetrics _metrics;
    private readonly ConnectionWatch _watch;

    public ChatDaemon(SimWorld world, int instance)
        : base(world, DaemonKind.Chat, instance)
    {
        ChatOptions drawn = world.Settings.Chat;
        IOptions<ChatOptions> options = Options.Create(new ChatOptions
        {
            Instance = instance,
            HomeChannel = 1 + (instance % world.Settings.Channels),
            LogInTimeoutMs = drawn.LogInTimeoutMs,
            FrameTimeoutMs = drawn.FrameTimeoutMs,
            PingAfterMs = drawn.PingAfterMs,
            DeadAfterMs = drawn.DeadAfterMs,
            MaxInFlightPerPlayer = drawn.MaxInFlightPerPlayer,
            MaxBufferedBytesPerPlayer = drawn.MaxBufferedBytesPerPlayer,
            ResumeWindowMs = drawn.ResumeWindowMs,
            WriteTimeoutMs = drawn.WriteTimeoutMs,
        });
        Sessions = new SessionRegistry(1 + world.RandomFor(SimStream.Sessions, Number).Below(1 << 20), options.Value.MaxPlayers);
        Gateway = new ChannelGateway(
            Options.Create(world.Settings.Ipc),
            options,
            Sessions,
            _ => Node,
            Time,
            NullLoggerFactory.Instance);
        var admission = new LogInAdmission(options);
        _metrics = new ChatMetrics(Sessions, _stays, admission, Time);
        _watch = new ConnectionWatch(Time);
        Handler = new PlayerConnectionHandler(new PlayerServices(
            options, Gateway, Sessions, _stays, admission, _watch, _metrics, new LineTracing(new TraceSampling()), new LogInTracing(new TraceSampling()), new DrainSwitch(), Time,
            NullLogger<PlayerConnection>.Instance));
    }

    public ChannelGateway Gateway { get; }

    public SessionRegistry Sessions { get; }

    public override int Unended => Gateway.InFlightCount;

    /// <summary>What Kestrel would hand connections to.</summary>
    public PlayerConnectionHandler Handler { get; }

    /// <summary>Whether it has no session whose player is somewhere else.</summary>
    public bool AwaitsNobody => IsGone || Sessions.Count == World.Players.Count(player => player.Link is { IsIn: true } link && link.Chat == this);

    /// <summary>Whether each of its sessions is with one channelD, that of its channel.</summary>
    public bool IsSettled => IsGone || World.Settings.IsForC || Sessions.InGame.All(session =>
        session.KnownTo.Count == 1 && !session.Moves.IsClosed && session.Owner == Gateway.Ports.For(session.Channel));

    /// <summary>What keeps it from being at rest, for whoever looks into it.</summary>
    public string DescribeUnsettled() =>
        $"{this} has {Sessions.Count} sessions ({(AwaitsNobody ? "as many as players" : "not as many as players")}), of which not at rest: "
        + string.Join(", ", Sessions.InGame
            .Where(session => session.KnownTo.Count != 1 || session.Moves.IsClosed || session.Owner != Gateway.Ports.For(session.Channel))
            .Select(session => $"{session.Id} (known to {session.KnownTo.Count}, moves {(session.Moves.IsClosed ? "closed" : "open")}, owner {session.Owner?.Channel}, channel {session.Channel})"));

    public void Add(GatewayLink link) => _links.Add(link);

    public void Remove(GatewayLink link) => _links.Remove(link);

    public void Add(SimConnection connection) => _connections.Add(connection);

    public void Remove(SimConnection connection) => _connections.Remove(connection);

    protected override void Begin() => World.Watch(Gateway.StartAsync(CancellationToken.None));

    protected override void OnStop() => World.Watch(StopAsync());

    protected override void OnGone()
    {
        _watch.Dispose();
        _metrics.Dispose();
        foreach (GatewayLink link in _links.ToArray())
        {
            link.Break();
        }

        foreach (SimConnection connection in _connections.ToArray())
        {
            connection.Break(doesServerLearn: false);
        }

        _links.Clear();
        _connections.Clear();
    }

    // In the steps of the host: the gateway is told, the players go, then the gateway goes.
    private async Task StopAsync()
    {
        await Gateway.StoppingAsync(CancellationToken.None);
        foreach (GatewayLink link in _links.ToArray())
        {
            link.LeavePolitely();
        }

        foreach (SimConnection connection in _connections.ToArray())
        {
            connection.RequestClose();
        }

        long beganAt = Time.GetTimestamp();
        while (_links.Count + _connections.Count > 0 && Time.GetElapsedTime(beganAt) < s_goodbyeTime)
        {
            await Task.Delay(s_goodbyeStep, Time);
        }

        await Gateway.StopAsync(CancellationToken.None);
        Leave(ProcessChange.Stopped);
    }
}
