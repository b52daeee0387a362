using System.Globalization;
using ChannelD.Directory;
using ChannelD.Presence;
using Microsoft.Extensions.Options;
using Shared.Protocol.Messages.Commands;

namespace ChannelD.Commands.BuiltIn;

/// <summary>
/// <c>/채널 번호</c>: goes to another channel. Within this channelD at once, or in transfer for <see cref="ChannelOptions.MapLoadMs"/>; to a
/// channel that another channelD runs by way of chatD, for which the answer names the channel.
/// </summary>
internal sealed class ChannelCommand(CharacterDirectory directory, WorldDirectory world, IOptions<ChannelOptions> options) : IPlayerCommand
{
    private const string Moved = "moved";
    private const string Moving = "moving";
    private const string AlreadyThere = "already_there";
    private const string InCashShop = "in_cash_shop";
    private const string InTransfer = "in_transfer";
    private const string Away = "not_run";

    private readonly TimeSpan _load = TimeSpan.FromMilliseconds(options.Value.MapLoadMs);
    private readonly int _ownId = options.Value.Id;
    private readonly int _maxChannel = options.Value.MaxChannel;

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "channel",
        Names = ["채널", "channel"],
        Usage = new LocalText("/채널 번호", "/channel NUMBER"),
        Help = new LocalText("다른 채널로 이동합니다.", "goes to another channel."),
        Texts =
        [
            new CommandText(Moved, "{0}채널에 도착했습니다.", "You are now in channel {0}."),
            new CommandText(Moving, "{0}채널로 가는 중입니다.", "You are on your way to channel {0}."),
            new CommandText(AlreadyThere, "이미 {0}채널에 있습니다.", "You are already in channel {0}."),
            new CommandText(InCashShop, "캐시샵에서는 채널을 바꿀 수 없습니다. 먼저 캐시샵에서 나가 주세요.", "You cannot change the channel from the cash shop. Leave it first."),
            new CommandText(InTransfer, "이동하는 중에는 채널을 바꿀 수 없습니다.", "You cannot change the channel while you are on your way."),
            new CommandText(Away, "{0}채널은 지금 이용할 수 없습니다.", "Channel {0} is not available at present."),
        ],
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (!int.TryParse(call.Argument.Span, NumberStyles.None, CultureInfo.InvariantCulture, out int channel) || call.Asker is not { } asker)
        {
            return ValueTask.FromResult(CommandAnswer.Usage());
        }

        if (channel < 1 || channel > _maxChannel)
        {
            return ValueTask.FromResult(CommandAnswer.Error(CommonCodes.BadChannel));
        }

        return ValueTask.FromResult(world.WhoRuns(channel) switch
        {
            _ when channel == asker.Channel => CommandAnswer.Error(AlreadyThere, Numbers.Format(channel)),
            ChannelRun.Away => CommandAnswer.Error(Away, Numbers.Format(channel)),
            ChannelRun.Here => Change(asker, channel),
            ChannelRun.Elsewhere => Leave(asker, channel),
            _ => IsHome(asker) ? Change(asker, channel) : Leave(asker, channel),
        });
    }

    /// <summary>
    /// Whether this channelD runs the channels that have no channelD of their own, as far as it can tell: it is alone, or does so for this character
    /// already. Otherwise chatD knows; if it sends the session back here, it is at its goal.
    /// </summary>
    private bool IsHome(in Character asker) => asker.Channel != _ownId || !world.HasOthers;

    private CommandAnswer Change(in Character asker, int channel) => Answer(directory.ChangeChannel(asker.Session, channel, _load, out _), channel, transferTo: 0);

    private CommandAnswer Leave(in Character asker, int channel)
    {
        MoveStatus status = directory.BeginTransfer(asker.Session, channel);
        return Answer(status == MoveStatus.Started ? MoveStatus.Done : status, channel, transferTo: channel, asker.Map.Display);
    }

    private static CommandAnswer Answer(MoveStatus status, int channel, int transferTo, string? transferMap = null) => status switch
    {
        // With a transfer it is shown when the character is there.
        MoveStatus.Done => CommandAnswer.Ok(Moved, Numbers.Format(channel)) with { TransferTo = transferTo, TransferMap = transferMap },
        MoveStatus.Started => CommandAnswer.Ok(Moving, Numbers.Format(channel)),
        MoveStatus.AlreadyThere => CommandAnswer.Error(AlreadyThere, Numbers.Format(channel)),
        MoveStatus.InCashShop => CommandAnswer.Error(InCashShop),
        MoveStatus.InTransfer => CommandAnswer.Error(InTransfer),
        _ => CommandAnswer.NoSession(),
    };
}
