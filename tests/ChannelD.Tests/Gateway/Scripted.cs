using ChannelD.Commands;

namespace ChannelD.Tests.Gateway;

/// <summary>Holds the command that tests script: nested, for the commands of an assembly that are not nested are a game's own.</summary>
internal static class Scripted
{
    /// <summary>
    /// <c>/slow NAME</c>, or another word: notes that it has begun, and waits until it is told to end; with an argument that begins with <c>now</c> it answers at once.
    /// </summary>
    internal sealed class Command(string word, bool takesEffectAtOnce, List<string> begun) : IPlayerCommand
    {
        private readonly Dictionary<string, TaskCompletionSource<CommandAnswer>> _waiting = [];

        public CommandDescription Description { get; } = new()
        {
            Id = word,
            Names = [word],
            Usage = new LocalText(word, word),
            Help = new LocalText(word + ".", word + "."),
            Texts = [new CommandText("done", "{0}", "{0}")],
            NeedsCharacter = true,
            TakesEffectAtOnce = takesEffectAtOnce,
        };

        /// <summary>Those that wait, in the order in which they began.</summary>
        public IEnumerable<string> Waiting => _waiting.Keys;

        public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
        {
            string name = call.Argument.ToString();
            begun.Add(name);
            if (name.StartsWith("now", StringComparison.Ordinal))
            {
                return ValueTask.FromResult(CommandAnswer.Ok("done", name));
            }

            var waiting = new TaskCompletionSource<CommandAnswer>();
            _waiting.Add(name, waiting);
            return new ValueTask<CommandAnswer>(waiting.Task);
        }

        public void End(string name)
        {
            TaskCompletionSource<CommandAnswer> waiting = _waiting[name];
            _waiting.Remove(name);
            waiting.SetResult(CommandAnswer.Ok("done", name));
        }
    }
}
