using ChannelD.Commands;

namespace ChannelD.Tests.Commands;

/// <summary>Holds the double in a class, so that a scan for commands does not find it.</summary>
internal static class Fakes
{
    public static CommandDescription Description(string id = "fake", string[]? names = null, params CommandText[] texts) => new()
    {
        Id = id,
        Names = names ?? [id],
        Usage = new LocalText("/" + id, "/" + id),
        Help = new LocalText("도움", "help"),
        Texts = texts,
    };

    internal sealed class Command(CommandDescription description, Func<CommandCall, CancellationToken, ValueTask<CommandAnswer>>? run = null)
        : IPlayerCommand
    {
        public CommandDescription Description { get; } = description;

        public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
            run is null ? ValueTask.FromResult(CommandAnswer.Ok("done")) : run(call, cancellationToken);
    }
}
