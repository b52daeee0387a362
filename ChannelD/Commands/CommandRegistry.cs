using Shared.Protocol.Names;

namespace ChannelD.Commands;

/// <summary>All commands by name. Made once at start-up; then only read, by any thread.</summary>
public sealed class CommandRegistry
{
    /// <summary>The id of the command that takes the lines that name none.</summary>
    public const string SayId = "say";

    /// <summary>The most characters of a command's name, in any Unicode form: what is longer is no command, without being looked at.</summary>
    private const int MaxTypedChars = 128;

    private readonly Dictionary<string, IPlayerCommand> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPlayerCommand>.AlternateLookup<ReadOnlySpan<char>> _byNameSpan;

    /// <summary>Takes the commands and checks that each can be told from the others and can say what it has to.</summary>
    /// <exception cref="InvalidOperationException">One is not sound; the message names the class and what is wrong with it.</exception>
    public CommandRegistry(IEnumerable<IPlayerCommand> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        _byNameSpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        All = [.. commands.OrderBy(command => command.Description.Id, StringComparer.Ordinal)];
        var byId = new Dictionary<string, IPlayerCommand>(StringComparer.Ordinal);
        foreach (IPlayerCommand command in All)
        {
            CommandDescriptionCheck.AssertSound(command);
            if (!byId.TryAdd(command.Description.Id, command))
            {
                throw Clash(command, byId[command.Description.Id], $"the id '{command.Description.Id}'");
            }

            foreach (string name in command.Description.Names)
            {
                string key = TextKey.Of(name);
                if (!_byName.TryAdd(key, command))
                {
                    throw Clash(command, _byName[key], $"the name '/{name}'");
                }
            }
        }

        Say = byId.GetValueOrDefault(SayId);
        Tiers = [.. All.Select(command => command.Description.MinTier).Append(0).Distinct().Order()];
    }

    /// <summary>All commands, sorted by id.</summary>
    public IReadOnlyList<IPlayerCommand> All { get; }

    /// <summary>The command that takes the lines that name none; null if there is none, and such a line names no command.</summary>
    public IPlayerCommand? Say { get; }

    /// <summary>The tiers from which on there are more commands, ascending; the first is 0.</summary>
    public IReadOnlyList<int> Tiers { get; }

    /// <summary>The highest of <see cref="Tiers"/> whose commands somebody of a tier may use.</summary>
    public int TierOf(int tier) => Tiers.Last(from => from <= Math.Max(0, tier));

    /// <summary>The command of a name as a player typed it, without <c>/</c>; null if there is none. Never throws.</summary>
    public IPlayerCommand? Find(ReadOnlySpan<char> name)
    {
        if (_byNameSpan.TryGetValue(name, out IPlayerCommand? command))
        {
            return command;
        }

        // Only a name in capitals, or in another Unicode form, gets here: or one that is none.
        return name.Length <= MaxTypedChars && TextKey.TryOf(name.ToString(), out string key)
            ? _byName.GetValueOrDefault(key)
            : null;
    }

    private static InvalidOperationException Clash(IPlayerCommand one, IPlayerCommand other, string what) => new(
        $"Two commands have {what}: {other.GetType().FullName} and {one.GetType().FullName}. Change one of them.");
}
