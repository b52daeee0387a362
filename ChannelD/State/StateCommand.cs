using ChannelD.Commands;
using Shared.Protocol.Messages.Commands;

namespace ChannelD.State;

/// <summary>A command that reads or changes what is kept. Where the store fails its player is told so, and whether the change may have been made.</summary>
internal abstract class StateCommand : IPlayerCommand
{
    /// <inheritdoc/>
    public abstract CommandDescription Description { get; }

    /// <inheritdoc/>
    public async ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Asker is not { } asker)
        {
            return CommandAnswer.NoSession();
        }

        try
        {
            return await RunAsync(asker, call.Argument.ToString(), cancellationToken);
        }
        catch (StateStoreException exception)
        {
            // The store has said why in the log.
            return CommandAnswer.Error(exception.MayHaveHappened ? CommonCodes.StateUncertain : CommonCodes.StateUnavailable);
        }
    }

    /// <summary>Runs it for a character that is in the game.</summary>
    protected abstract ValueTask<CommandAnswer> RunAsync(Directory.Character asker, string argument, CancellationToken cancellationToken);
}
