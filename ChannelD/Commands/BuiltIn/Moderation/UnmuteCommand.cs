using ChannelD.Directory;
using ChannelD.Moderation;
using ChannelD.Social;
using ChannelD.State;

namespace ChannelD.Commands.BuiltIn.Moderation;

/// <summary><c>/채팅금지해제 이름</c>: a game master lets a muted character speak again.</summary>
internal sealed class UnmuteCommand(Muting muting) : StateCommand
{
    private const string Unmuted = "unmuted";
    private const string NotMuted = "not_muted";
    private const string NotAllowed = "not_allowed";

    /// <inheritdoc/>
    public override CommandDescription Description { get; } = new()
    {
        Id = Muting.UnmuteId,
        Names = ["채팅금지해제", "unmute"],
        Usage = new LocalText("/채팅금지해제 이름", "/unmute NAME"),
        Help = new LocalText("그 캐릭터의 채팅 금지를 풉니다.", "lets a muted character speak again."),
        Texts =
        [
            new CommandText(Unmuted, "{0}님의 채팅 금지를 풀었습니다.", "{0} can speak again."),
            new CommandText(NotMuted, "{0}님은 채팅이 금지되어 있지 않습니다.", "{0} is not muted."),
            new CommandText(NotAllowed, "{0}님의 채팅 금지는 풀 수 없습니다.", "You may not unmute {0}."),
            new CommandText(Muting.YouMaySpeak, "채팅 금지가 풀렸습니다.", "You can speak again.", IsEvent: true),
        ],
        MinTier = 1,
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    protected override async ValueTask<CommandAnswer> RunAsync(Character asker, string argument, CancellationToken cancellationToken)
    {
        if (!Neighbours.TryParse(argument, out KeptName name, out CommandAnswer refusal))
        {
            return refusal;
        }

        return await muting.UnmuteAsync(asker.Tier, asker.Name.Display, name, cancellationToken) switch
        {
            MuteStatus.Done => CommandAnswer.Ok(Unmuted, name.Display),
            MuteStatus.NotMuted => CommandAnswer.Ok(NotMuted, name.Display),
            _ => CommandAnswer.Error(NotAllowed, name.Display),
        };
    }
}
