using ChannelD;
using ChannelD.Commands;
using ChannelD.Commands.BuiltIn;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Gateway;
using ChannelD.Limits;
using ChannelD.Moderation;
using ChannelD.Presence;
using ChannelD.Social;
using ChannelD.State;
using ChannelD.State.InMemory;
using Faults.Checker.History;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;

namespace Simulation.Daemons;

/// <summary>A run of channelD: its service, its game and its directory.</summary>
internal sealed class ChannelDaemon : SimDaemon
{
    private readonly SimMeters _meters = new();
    private readonly ChannelService _service;
    private readonly InMemoryStateStore _store;
    private readonly OnlineRecords _records;

    public ChannelDaemon(SimWorld world, int instance)
        : base(world, DaemonKind.Channel, instance)
    {
        IOptions<ChannelOptions> options = Options.Create(new ChannelOptions { Id = instance + 1 });
        var replicas = new ReplicaDirectory(Time);
        Directory = new CharacterDirectory(Time, options.Value.MaxCharacters, replicas);
        var relay = new EventRelay();
        var places = new WorldDirectory(Directory, replicas, options.Value.Id);
        var metrics = new ChannelMetrics(_meters, Directory);
        var commands = new CommandRegistry(
            new IPlayerCommand[]
            {
                new FindCommand(places, metrics, NullLogger<FindCommand>.Instance), new MoveCommand(Directory, options), new CashShopCommand(Directory),
                new ChannelCommand(Directory, places, options),
            }.Select(command => new RecordedCommand(command, this)));
        _store = new InMemoryStateStore();
        _records = new OnlineRecords(_store, Directory, relay, Time);
        var limits = new CommandLimits(new LimitOptions { Enabled = false }, options.Value.MaxCharacters, Time);
        var gate = new CommandGate(limits, _records, metrics, Time);
        var dispatcher = new CommandDispatcher(Directory, commands, gate, metrics, options, NullLogger<CommandDispatcher>.Instance);
        var game = new GameChannel(
            Directory,
            dispatcher,
            commands,
            _records,
            new GameMasters(options),
            new Friends(_records, Directory, new Neighbours(places, relay)),
            options,
            NullLogger<GameChannel>.Instance);
        _service = new ChannelService(
            Options.Create(world.Settings.Ipc),
            options,
            game,
            commands,
            relay,
            new PresenceParts(
                Directory, replicas, new PresenceNotices(Directory, replicas, [], Time, NullLogger<PresenceNotices>.Instance), relay),
            _ => Node,
            Time,
            new FaultRecorder(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance)),
            new DrainSwitch(),
            NullLoggerFactory.Instance);
    }

    public CharacterDirectory Directory { get; }

    public override int Unended => _service.UnansweredCount;

    protected override void Begin() => World.Watch(_service.StartAsync(CancellationToken.None));

    protected override void OnStop() => World.Watch(StopAsync());

    protected override void OnGone()
    {
        _meters.Dispose();
        _records.Dispose();
        _store.Dispose();
    }

    private async Task StopAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        Leave(ProcessChange.Stopped);
    }
}
