using ChannelD.Directory;
using Shared.Protocol.Names;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/숨기 [해제]</c>: hides a game master from everybody below his tier, and shows him again.</summary>
internal sealed class HideCommand(CharacterDirectory directory) : IPlayerCommand
{
    private const string Hidden = "hidden";
    private const string Shown = "shown";

    /// <summary>Longer than every word below in any Unicode form.</summary>
    private const int MaxWordChars = 16;

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "hide",
        Names = ["숨기", "hide"],
        Usage = new LocalText("/숨기 [해제]", "/hide [off]"),
        Help = new LocalText("자신보다 등급이 낮은 사람에게 보이지 않게 합니다.", "hides you from everybody of a lower tier; off shows you again."),
        Texts =
        [
            new CommandText(Hidden, "이제 다른 사람에게 보이지 않습니다.", "You are hidden now."),
            new CommandText(Shown, "이제 다른 사람에게 보입니다.", "You can be seen again."),
        ],
        MinTier = 1,
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string key = string.Empty;
        bool isWord = call.Argument.IsEmpty || (call.Argument.Length <= MaxWordChars && TextKey.TryOf(call.Argument.ToString(), out key));
        bool? isHidden = key switch
        {
            "" when isWord => true,
            "해제" or "off" => false,
            _ => null,
        };
        return ValueTask.FromResult(isHidden switch
        {
            null => CommandAnswer.Usage(),
            { } wanted when !directory.Hide(call.Session, wanted) => CommandAnswer.NoSession(),
            true => CommandAnswer.Ok(Hidden),
            false => CommandAnswer.Ok(Shown),
        });
    }
}
