namespace ChannelD.Commands;

/// <summary>
/// A command of the players: one class in one file. Every class of a registered assembly that implements this is found at start-up; its
/// constructor gets what it asks for from the services.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>One instance serves all players; calls of different players can overlap.</item>
/// <item>A command that answers from memory completes at once, on the thread that received the request, and must not block it.
/// One that waits returns its task before it waits.</item>
/// <item>A text of the player's is only ever an argument of the answer, never part of a code or of a sentence.</item>
/// <item>An exception ends the request as Error <c>internal</c> and is logged.</item>
/// </list>
/// See <c>docs/adding-a-command.md</c>.
/// </remarks>
public interface IPlayerCommand
{
    /// <summary>How it is called and what it can say. The same object always.</summary>
    CommandDescription Description { get; }

    /// <summary>Runs it once.</summary>
    /// <param name="call">Who asks, and for what.</param>
    /// <param name="cancellationToken">Signalled when nobody waits for the answer any more.</param>
    ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken);
}
