using ChannelD.Speech;

namespace ChannelD.Commands.BuiltIn.Speaking;

/// <summary><c>/답장 내용</c>: whispers to whoever whispered last.</summary>
internal sealed class ReplyCommand(Whispers whispers) : IPlayerCommand
{
    private const string NobodyWhispered = "nobody_whispered";

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "reply",
        Names = ["답장", "reply", "r"],
        Usage = new LocalText("/답장 내용", "/reply TEXT"),
        Help = new LocalText("마지막으로 귓속말을 보낸 캐릭터에게 귓속말로 답합니다.", "whispers to whoever whispered to you last."),
        Texts =
        [
            .. Whispers.Answers,
            new CommandText(NobodyWhispered, "받은 귓속말이 없습니다.", "Nobody has whispered to you."),
        ],
        NeedsCharacter = true,
        IsSpeech = true,
        Class = CommandClass.Whisper,
        TakesEffectAtOnce = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Asker is not { } speaker || !SpeechRelay.TryRead(call.Argument, out string text))
        {
            return ValueTask.FromResult(CommandAnswer.Usage());
        }

        return string.IsNullOrEmpty(call.LastWhisperFrom)
            ? ValueTask.FromResult(CommandAnswer.Error(NobodyWhispered))
            : whispers.SendAsync(speaker, call.LastWhisperFrom, text, cancellationToken);
    }
}
