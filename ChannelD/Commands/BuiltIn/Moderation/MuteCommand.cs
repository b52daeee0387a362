using System.Globalization;
using ChannelD.Directory;
using ChannelD.Moderation;
using ChannelD.Social;
using ChannelD.State;

namespace ChannelD.Commands.BuiltIn.Moderation;

/// <summary><c>/채팅금지 이름 분 사유</c>: a game master mutes a character for a while, whether it is in the game or not.</summary>
internal sealed class MuteCommand(Muting muting) : StateCommand
{
    private const string Muted = "muted";
    private const string NotAllowed = "not_allowed";
    private const string BadMinutes = "bad_minutes";

    /// <inheritdoc/>
    public override CommandDescription Description { get; } = new()
    {
        Id = Muting.MuteId,
        Names = ["채팅금지", "mute"],
        Usage = new LocalText("/채팅금지 이름 분 사유", "/mute NAME MINUTES REASON"),
        Help = new LocalText("그 캐릭터의 채팅을 정해진 시간 동안 금지합니다. 접속해 있지 않아도 됩니다.", "keeps a character from speaking for a while, even one that is offline."),
        Texts =
        [
            new CommandText(Muted, "{0}님의 채팅을 {1}분 동안 금지했습니다. 사유: {2}", "{0} cannot speak for {1} minutes. Reason: {2}"),
            new CommandText(NotAllowed, "{0}님의 채팅은 금지할 수 없습니다.", "You may not mute {0}."),
            new CommandText(BadMinutes, "시간은 1분부터 {0}분까지 정할 수 있습니다.", "The time is 1 to {0} minutes."),
            new CommandText(Muting.YouAreMuted, "운영자가 {0}분 동안 채팅을 금지했습니다. 사유: {1}", "A game master has muted you for {0} minutes. Reason: {1}", IsEvent: true),
        ],
        MinTier = 1,
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    protected override async ValueTask<CommandAnswer> RunAsync(Character asker, string argument, CancellationToken cancellationToken)
    {
        (string typed, string rest) = CommandWords.CutFirst(argument);
        (string number, string reason) = CommandWords.CutFirst(rest);
        if (reason.Length == 0 || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int minutes))
        {
            return number.Length > 0 && reason.Length > 0 && number.All(char.IsAsciiDigit) ? TooLong() : CommandAnswer.Usage();
        }

        if (!Neighbours.TryParse(typed, out KeptName name, out CommandAnswer refusal))
        {
            return refusal;
        }

        (MuteStatus status, _) = await muting.MuteAsync(asker.Tier, asker.Name.Display, name, minutes, reason, cancellationToken);
        return status switch
        {
            MuteStatus.Done => CommandAnswer.Ok(Muted, name.Display, Numbers.Format(minutes), reason),
            MuteStatus.BadMinutes => TooLong(),
            MuteStatus.ReasonTooLong => CommandAnswer.TooLarge(StateLimits.MaxReasonChars),
            _ => CommandAnswer.Error(NotAllowed, name.Display),
        };
    }

    private static CommandAnswer TooLong() => CommandAnswer.Error(BadMinutes, Numbers.Format(Muting.MaxMinutes));
}
