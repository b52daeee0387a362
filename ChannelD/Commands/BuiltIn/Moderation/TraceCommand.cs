using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Speech;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Names;

namespace ChannelD.Commands.BuiltIn.Moderation;

/// <summary>
/// <c>/감시 이름</c>: the game master gets a copy of whatever that character says, to whomever; the same again, or <c>/감시 해제</c>, ends it.
/// He watches one at a time, by name, so that it holds over a log-out; and only one of a lower tier.
/// </summary>
internal sealed class TraceCommand(CharacterDirectory directory, WorldDirectory world, ILogger<TraceCommand> logger) : IPlayerCommand
{
    /// <summary>Its id.</summary>
    public const string Id = "trace";

    private const string Tracing = "tracing";
    private const string Ended = "trace_ended";
    private const string NotTracing = "not_tracing";
    private const string NotAllowed = "not_allowed";

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = Id,
        Names = ["감시", "trace"],
        Usage = new LocalText("/감시 이름|해제", "/trace NAME|off"),
        Help = new LocalText(
            "그 캐릭터가 하는 모든 말을 함께 봅니다. 한 번 더 입력하면 끝납니다.",
            "shows you whatever that character says. The same again ends it."),
        Texts =
        [
            new CommandText(Tracing, "이제 {0}님을 감시합니다.", "You now watch {0}."),
            new CommandText(Ended, "감시를 끝냈습니다.", "You watch nobody any more."),
            new CommandText(NotTracing, "감시하는 캐릭터가 없습니다.", "You are watching nobody."),
            new CommandText(NotAllowed, "{0}님은 감시할 수 없습니다.", "You may not watch {0}."),
            new CommandText(CommandDescription.NotFound, "{0}님을 찾을 수 없습니다.", "{0} cannot be found."),
            .. TraceCodes.Texts,
        ],
        NeedsCharacter = true,
        MinTier = 1,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(call.Asker is { } asker ? Run(asker, call.Argument.Span) : CommandAnswer.Usage());

    private static bool IsEnd(ReadOnlySpan<char> typed) =>
        typed.Length <= CharacterName.MaxTypedChars && TextKey.TryOf(typed.ToString(), out string key) && key is "해제" or "off";

    private CommandAnswer Run(in Character asker, ReadOnlySpan<char> typed)
    {
        if (IsEnd(typed))
        {
            return asker.TracedKey is null ? CommandAnswer.Error(NotTracing) : End(asker);
        }

        NameLookup lookup = NameLookup.Find(world, typed, asker.Tier);
        if (lookup.Refusal is { } refusal)
        {
            return refusal;
        }

        // The one he watches may have left meanwhile.
        if (asker.TracedKey is { } traced && TextKey.Of(lookup.Typed) == traced)
        {
            return End(asker);
        }

        if (lookup.Target is not { } target)
        {
            return CommandAnswer.Error(CommandDescription.NotFound, lookup.Typed);
        }

        return target.Tier < asker.Tier ? Begin(asker, target) : CommandAnswer.Error(NotAllowed, target.Name.Display);
    }

    private CommandAnswer Begin(in Character asker, in Character target)
    {
        if (!directory.Trace(asker.Session, target.Name.Key))
        {
            return CommandAnswer.NoSession();
        }

        ChannelLog.TraceBegan(logger, asker.Tier, asker.Session.UserId, asker.Session.ChatInstance);
        return CommandAnswer.Ok(Tracing, target.Name.Display);
    }

    private CommandAnswer End(in Character asker)
    {
        if (!directory.Trace(asker.Session, null))
        {
            return CommandAnswer.NoSession();
        }

        ChannelLog.TraceEnded(logger, asker.Tier, asker.Session.UserId, asker.Session.ChatInstance);
        return CommandAnswer.Ok(Ended);
    }
}
