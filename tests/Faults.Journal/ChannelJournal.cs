using ChannelD.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Faults.Journal;

/// <summary>What is added to channelD.</summary>
internal static class ChannelJournal
{
    /// <summary>Has what the players ask for written down, and adds a command that misbehaves.</summary>
    public static void AddCommands(IServiceCollection services, string path)
    {
        var journal = new JournalFile(path + JournalRecord.FileSuffix);
        DaemonJournal.Decorate<IPlayerCommand>(
            services, inner => inner.Description.Id == "find" ? new JournaledCommand(inner, journal) : inner);
        services.AddSingleton<IPlayerCommand, FaultyCommand>();
    }
}
