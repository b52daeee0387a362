using ChannelD.Directory;
using ChannelD.Speech;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Commands.BuiltIn.Speaking;

/// <summary><c>/확성기 내용</c>: says something to everybody on all channels.</summary>
internal sealed class MegaphoneCommand(SpeechRelay speech) : IPlayerCommand
{
    private const string Id = "megaphone";
    private const string Sent = "sent";
    private const string EventCode = "megaphone";

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = Id,
        Names = ["확성기", "megaphone"],
        Usage = new LocalText("/확성기 내용", "/megaphone TEXT"),
        Help = new LocalText("모든 채널의 모두에게 말합니다.", "says it to everybody on all channels."),
        Texts =
        [
            new CommandText(Sent, "확성기로 알렸습니다.", "Your megaphone was heard on all channels."),
            new CommandText(EventCode, "[확성기] {0}: {1}", "[Megaphone] {0}: {1}", IsEvent: true),
        ],
        NeedsCharacter = true,
        IsSpeech = true,
        Class = CommandClass.Megaphone,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(call.Asker is { } speaker && SpeechRelay.TryRead(call.Argument, out string text)
            ? Say(speaker, text)
            : CommandAnswer.Usage());

    private CommandAnswer Say(in Character speaker, string text)
    {
        if (speaker.IsHidden)
        {
            return CommandAnswer.Error(CommonCodes.Hidden);
        }

        return speech.TrySayToAll(speaker, new Utterance(Rooms.World, Id, EventCode, text)) ? CommandAnswer.Ok(Sent) : SpeechRelay.NotAllReached();
    }
}
