using ChannelD.Commands;
using ChannelD.Directory;
using ChannelD.Events;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;

namespace MyGame.Commands;

/// <summary><c>/인사</c>: waves to everybody in the map.</summary>
public sealed class WaveCommand(CharacterDirectory directory, IEventSink events) : IPlayerCommand
{
    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "wave",
        Names = ["인사", "wave"],
        Usage = new LocalText("/인사", "/wave"),
        Help = new LocalText("같은 맵에 있는 모두에게 손을 흔듭니다.", "waves to everybody in your map."),
        Texts =
        [
            new CommandText("waved", "손을 흔듭니다.", "You wave."),
            new CommandText("waves", "{0}님이 손을 흔듭니다.", "{0} waves.", IsEvent: true),
        ],
        NeedsCharacter = true,
        IsSpeech = true,
        Class = CommandClass.Say,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Asker is not { IsHidden: false } asker)
        {
            return ValueTask.FromResult(CommandAnswer.Error(CommonCodes.Hidden));
        }

        var others = new List<SessionId>();
        directory.CollectSessions(asker.Channel, asker.Map, others);
        others.Remove(asker.Session);
        var waves = new GameMessage(Rooms.Map, "wave", "waves", [asker.Name.Display], asker.Name.Display);
        return ValueTask.FromResult(
            events.TryPush(waves, others) ? CommandAnswer.Ok("waved") : CommandAnswer.Error(CommonCodes.NotAllReached));
    }
}
