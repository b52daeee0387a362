using ChannelD.Directory;
using Shared.Protocol.Names;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/캐시샵 들어가기|나가기</c>: enters the cash shop, and returns from it to the map left.</summary>
internal sealed class CashShopCommand(CharacterDirectory directory) : IPlayerCommand
{
    private const string Entered = "entered";
    private const string Left = "left";
    private const string InCashShop = "in_cash_shop";
    private const string NotInCashShop = "not_in_cash_shop";
    private const string InTransfer = "in_transfer";

    /// <summary>Longer than every word below in any Unicode form.</summary>
    private const int MaxWordChars = 32;

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "cashshop",
        Names = ["캐시샵", "cashshop"],
        Usage = new LocalText("/캐시샵 들어가기|나가기", "/cashshop enter|leave"),
        Help = new LocalText("캐시샵에 들어가거나 나갑니다.", "enters the cash shop, or leaves it."),
        Texts =
        [
            new CommandText(Entered, "캐시샵에 들어갔습니다.", "You are now in the cash shop."),
            new CommandText(Left, "캐시샵에서 나왔습니다.", "You have left the cash shop."),
            new CommandText(InCashShop, "이미 캐시샵에 있습니다.", "You are already in the cash shop."),
            new CommandText(NotInCashShop, "캐시샵에 있지 않습니다.", "You are not in the cash shop."),
            new CommandText(InTransfer, "이동하는 중에는 캐시샵에 들어갈 수 없습니다.", "You cannot enter the cash shop while you are on your way to a map."),
        ],
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<char> word = call.Argument;
        string key = string.Empty;
        if (word.Length <= MaxWordChars)
        {
            TextKey.TryOf(word.ToString(), out key);
        }

        return ValueTask.FromResult(key switch
        {
            "들어가기" or "enter" => Enter(call.Session),
            "나가기" or "leave" => Leave(call.Session),
            _ => CommandAnswer.Usage(),
        });
    }

    private CommandAnswer Enter(SessionId session) => directory.EnterCashShop(session) switch
    {
        MoveStatus.Done => CommandAnswer.Ok(Entered),
        MoveStatus.AlreadyThere => CommandAnswer.Error(InCashShop),
        MoveStatus.InTransfer => CommandAnswer.Error(InTransfer),
        _ => CommandAnswer.NoSession(),
    };

    private CommandAnswer Leave(SessionId session) => directory.LeaveCashShop(session) switch
    {
        MoveStatus.Done => CommandAnswer.Ok(Left),
        MoveStatus.AlreadyThere => CommandAnswer.Error(NotInCashShop),
        _ => CommandAnswer.NoSession(),
    };
}
