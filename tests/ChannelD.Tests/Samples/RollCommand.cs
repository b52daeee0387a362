using System.Globalization;
using ChannelD.Commands;

namespace MyGame.Commands;

/// <summary><c>/주사위 [면]</c>: rolls a die.</summary>
public sealed class RollCommand : IPlayerCommand
{
    private const int MaxSides = 1000;

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "roll",
        Names = ["주사위", "roll"],
        Usage = new LocalText("/주사위 [면]", "/roll [SIDES]"),
        Help = new LocalText("주사위를 굴립니다. 면은 2부터 1000까지, 기본은 6입니다.", "rolls a die of 2 to 1000 sides, 6 by default."),
        Texts = [new CommandText("rolled", "{0}면 주사위를 굴려 {1}이(가) 나왔습니다.", "You roll {1} on a die of {0}.")],
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        int sides = 6;
        if (!call.Argument.IsEmpty
            && (!int.TryParse(call.Argument.Span, NumberStyles.None, CultureInfo.InvariantCulture, out sides) || sides is < 2 or > MaxSides))
        {
            return ValueTask.FromResult(CommandAnswer.Usage());
        }

        int rolled = Random.Shared.Next(1, sides + 1);
        return ValueTask.FromResult(CommandAnswer.Ok("rolled", $"{sides}", $"{rolled}"));
    }
}
