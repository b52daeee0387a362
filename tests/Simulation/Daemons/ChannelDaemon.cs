using ChannelD;
using ChannelD.Commands;
using ChannelD.Commands.BuiltIn;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Gateway;
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

    public ChannelDaemon(SimWorld world, int instance)
        : base(world, DaemonKind.Channel, instance)
    {
        IOptions<ChannelOptions> options = Options.Create(new ChannelOptions { Id = instance + 1 });
        Directory = new CharacterDirectory(Time, options.Value.MaxCharacters);
        var metrics = new ChannelMetrics(_meters, Directory);
        var commands = new CommandRegistry(
            new IPlayerCommand[]
            {
                new FindCommand(Directory, metrics), new MoveCommand(Directory, options), new CashShopCommand(Directory),
            }.Select(command => new RecordedCommand(command, this)));
        var dispatcher = new CommandDispatcher(Directory, commands, metrics, options, NullLogger<CommandDispatcher>.Instance);
        var game = new GameChannel(Directory, dispatcher, commands, options, NullLogger<GameChannel>.Instance);
        _service = new ChannelService(
            Options.Create(world.Settings.Ipc),
            options,
            game,
            commands,
            _ => Node,
            Time,
            new FaultRecorder(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance)),
            NullLoggerFactory.Instance);
    }

    public CharacterDirectory Directory { get; }

    public override int Unended => _service.UnansweredCount;

    protected override void Begin() => World.Watch(_service.StartAsync(CancellationToken.None));

    protected override void OnStop() => World.Watch(StopAsync());

    protected override void OnGone() => _meters.Dispose();

    private async Task StopAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        Leave(ProcessChange.Stopped);
    }
}
