using System.Diagnostics;
using ChannelD.Commands;
using ChannelD.Directory;

namespace Faults.Journal;

/// <summary>A command that is written down each time before it runs.</summary>
internal sealed class JournaledCommand(IPlayerCommand inner, JournalFile journal) : IPlayerCommand
{
    public CommandDescription Description => inner.Description;

    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SessionId? session = call.Asker?.Session;
        journal.Append(new JournalRecord(
            Stopwatch.GetTimestamp(),
            session?.Generation ?? 0,
            session?.ChatInstance ?? 0,
            session?.UserId ?? 0,
            call.Argument.ToString()));
        return inner.RunAsync(call, cancellationToken);
    }
}
