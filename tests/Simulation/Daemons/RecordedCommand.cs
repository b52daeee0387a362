using ChannelD.Commands;
using ChannelD.Directory;
using Faults.Checker.History;

namespace Simulation.Daemons;

/// <summary>A command that says into the history when it is run.</summary>
internal sealed class RecordedCommand(IPlayerCommand inner, ChannelDaemon daemon) : IPlayerCommand
{
    public CommandDescription Description => inner.Description;

    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (!daemon.IsGone)
        {
            SessionId session = call.Asker?.Session ?? default;
            daemon.World.Record(new Executed(
                daemon.World.NowNs,
                daemon.Generation,
                session.ChatInstance,
                session.Generation,
                RequestId: 0,
                session.UserId,
                $"/{Description.Names[0]} {call.Argument}"));
        }

        return inner.RunAsync(call, cancellationToken);
    }
}
