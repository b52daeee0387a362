using ChannelD.Directory;
using Microsoft.Extensions.Options;
using Shared.Protocol.Names;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/이동 맵</c>: goes to another map of the channel; in transfer for <see cref="ChannelOptions.MapLoadMs"/>.</summary>
internal sealed class MoveCommand(CharacterDirectory directory, IOptions<ChannelOptions> options) : IPlayerCommand
{
    private const string Moved = "moved";
    private const string Moving = "moving";
    private const string AlreadyThere = "already_there";
    private const string InCashShop = "in_cash_shop";
    private const string InTransfer = "in_transfer";

    private readonly TimeSpan _load = TimeSpan.FromMilliseconds(options.Value.MapLoadMs);

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "move",
        Names = ["이동", "move"],
        Usage = new LocalText("/이동 맵", "/move MAP"),
        Help = new LocalText("다른 맵으로 이동합니다.", "goes to another map."),
        Texts =
        [
            new CommandText(Moved, "{0}에 도착했습니다.", "You are now in {0}."),
            new CommandText(Moving, "{0}에 가는 중입니다.", "You are on your way to {0}."),
            new CommandText(AlreadyThere, "이미 {0}에 있습니다.", "You are already in {0}."),
            new CommandText(InCashShop, "캐시샵에서는 이동할 수 없습니다. 먼저 캐시샵에서 나가 주세요.", "You cannot move from the cash shop. Leave it first."),
            new CommandText(InTransfer, "이동하는 중에는 다시 이동할 수 없습니다.", "You cannot move while you are on your way to a map."),
        ],
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Move(call.Session, call.Argument.ToString()));

    private CommandAnswer Move(SessionId session, string typed)
    {
        if (!MapName.TryParse(typed, out MapName map, out NameFault fault))
        {
            return fault == NameFault.TooLong ? CommandAnswer.TooLarge(MapName.MaxChars) : CommandAnswer.Usage();
        }

        MoveStatus status = directory.Move(session, map, _load, out Character character);
        return status switch
        {
            MoveStatus.Done => CommandAnswer.Ok(Moved, character.Map.Display),
            MoveStatus.Started => CommandAnswer.Ok(Moving, character.Map.Display),
            MoveStatus.AlreadyThere => CommandAnswer.Error(AlreadyThere, character.Map.Display),
            MoveStatus.InCashShop => CommandAnswer.Error(InCashShop),
            MoveStatus.InTransfer => CommandAnswer.Error(InTransfer),
            _ => CommandAnswer.NoSession(),
        };
    }
}
