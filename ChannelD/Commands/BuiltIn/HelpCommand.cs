using ChannelD.Limits;
using Shared.Protocol.Messages.Commands;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/도움말 [명령]</c>: lists the commands, or tells about one. Its sentences are made by the catalogue from all commands.</summary>
/// <param name="limits">How often commands may be used, which it tells.</param>
internal sealed class HelpCommand(CommandLimits limits) : IPlayerCommand
{
    /// <summary>Its id.</summary>
    public const string Id = "help";

    private const string Commands = "commands";
    private const string AboutPrefix = "about_";
    private const string LimitedSuffix = "_limited";

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = Id,
        Names = ["도움말", "help"],
        Usage = new LocalText("/도움말 [명령]", "/help [COMMAND]"),
        Help = new LocalText("명령 목록이나 한 명령의 설명을 보여 줍니다.", "lists the commands, or explains one."),
        Texts = [],
    };

    /// <summary>Ok: the list of all commands of a tier and below it; that of players is <c>commands</c>.</summary>
    /// <param name="tier">One of <see cref="CommandRegistry.Tiers"/>.</param>
    public static string ListCode(int tier) => tier == 0 ? Commands : $"{Commands}_{Numbers.Format(tier)}";

    /// <summary>Ok: about the command of this id, which the asker may use as often as he likes.</summary>
    public static string AboutCode(string id) => AboutPrefix + id;

    /// <summary>Ok: about the command of this id, which may be used as often in a minute as the argument says.</summary>
    public static string LimitedCode(string id) => AboutPrefix + id + LimitedSuffix;

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        int tier = call.Asker?.Tier ?? 0;
        ReadOnlySpan<char> name = call.Argument.Span;
        if (name.IsEmpty)
        {
            return ValueTask.FromResult(CommandAnswer.Ok(ListCode(call.Commands.TierOf(tier))));
        }

        CommandDescription? command = call.Commands.Find(name.TrimStart('/'))?.Description;
        if (command is null || command.MinTier > tier)
        {
            return ValueTask.FromResult(CommandAnswer.Error(CommonCodes.UnknownCommand));
        }

        int perMinute = command.MinTier == 0 ? limits.PerMinute(command.Class) : 0;
        return ValueTask.FromResult(perMinute == 0
            ? CommandAnswer.Ok(AboutCode(command.Id))
            : CommandAnswer.Ok(LimitedCode(command.Id), Numbers.Format(perMinute)));
    }
}
