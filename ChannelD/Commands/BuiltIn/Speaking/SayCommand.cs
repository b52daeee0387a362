using ChannelD.Directory;
using ChannelD.Speech;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Commands.BuiltIn.Speaking;

/// <summary>
/// <c>/말 내용</c>, or a line that names no command: says it to all in the speaker's map. The speaker sees it in his answer.
/// </summary>
internal sealed class SayCommand(CharacterDirectory directory, SpeechRelay speech) : IPlayerCommand
{
    private const string Said = "said";
    private const string EventCode = "say";
    private const string InCashShop = "in_cash_shop";
    private const string InTransfer = "in_transfer";

    [ThreadStatic]
    private static List<SessionId>? t_recipients;

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = CommandRegistry.SayId,
        Names = ["말", "say"],
        Usage = new LocalText("/말 내용", "/say TEXT"),
        Help = new LocalText(
            "같은 맵에 있는 모두에게 말합니다. 명령 없이 입력한 글도 같습니다.",
            "says it to everybody in your map. So does a line without a command."),
        Texts =
        [
            new CommandText(Said, "{0}: {1}", "{0}: {1}"),
            new CommandText(InCashShop, "캐시샵에서는 말할 수 없습니다.", "You cannot speak in the cash shop."),
            new CommandText(InTransfer, "이동하는 중에는 말할 수 없습니다.", "You cannot speak while you are moving to another map."),
            new CommandText(EventCode, "{0}: {1}", "{0}: {1}", IsEvent: true),
        ],
        NeedsCharacter = true,
        IsSpeech = true,
        Class = CommandClass.Say,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(call.Asker is { } speaker && SpeechRelay.TryRead(call.Argument, out string text)
            ? Say(speaker, text)
            : CommandAnswer.Usage());

    private CommandAnswer Say(in Character speaker, string text)
    {
        if (speaker.State != CharacterState.InMap)
        {
            return CommandAnswer.Error(speaker.State == CharacterState.CashShop ? InCashShop : InTransfer);
        }

        if (speaker.IsHidden)
        {
            return CommandAnswer.Error(CommonCodes.Hidden);
        }

        List<SessionId> recipients = t_recipients ??= [];
        directory.CollectSessions(speaker.Channel, speaker.Map, recipients);
        var said = new Utterance(Rooms.Map, CommandRegistry.SayId, EventCode, text, speaker.Map.Display);

        // Where nobody is whom he may know of, nobody was missed either.
        return speech.TrySay(speaker, said, recipients) || directory.List(speaker.Channel, speaker.Map, 0, speaker.Tier).Total <= 1
            ? CommandAnswer.Ok(Said, speaker.Name.Display, text)
            : SpeechRelay.NotAllReached();
    }
}
