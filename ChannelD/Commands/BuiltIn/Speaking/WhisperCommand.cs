using ChannelD.Speech;

namespace ChannelD.Commands.BuiltIn.Speaking;

/// <summary><c>/귓속말 이름 내용</c>: says something to one character, on whatever channel.</summary>
internal sealed class WhisperCommand(Whispers whispers) : IPlayerCommand
{
    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = Whispers.Command,
        Names = ["귓속말", "whisper", "귓", "w"],
        Usage = new LocalText("/귓속말 이름 내용", "/whisper NAME TEXT"),
        Help = new LocalText("그 캐릭터에게만 말합니다. 채널이 달라도 됩니다.", "says it to that character alone, on whatever channel."),
        Texts =
        [
            .. Whispers.Answers,
            new CommandText(Whispers.EventCode, "{0}님의 귓속말: {1}", "From {0}: {1}", IsEvent: true),
        ],
        NeedsCharacter = true,
        IsSpeech = true,
        Class = CommandClass.Whisper,
        TakesEffectAtOnce = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<char> argument = call.Argument;
        int end = 0;
        while (end < argument.Length && !char.IsWhiteSpace(argument.Span[end]))
        {
            end++;
        }

        return call.Asker is { } speaker && SpeechRelay.TryRead(argument[end..].TrimStart(), out string text)
            ? whispers.SendAsync(speaker, argument.Span[..end], text, cancellationToken)
            : ValueTask.FromResult(CommandAnswer.Usage());
    }
}
