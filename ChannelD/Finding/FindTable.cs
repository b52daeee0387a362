using ChannelD.Directory;

namespace ChannelD.Finding;

/// <summary>
/// The decision table of <c>/찾기</c>: a pure function of seeker and target.
/// <code>
/// target                        | channel   | code          | tells
/// ------------------------------+-----------+---------------+--------
/// not in the game               | –         | not_found     | nothing
/// in the cash shop              | any       | cash_shop     | nothing
/// in transfer                   | any       | in_transfer   | nothing
/// in a map                      | seeker's  | same_map      | the map
/// in a map                      | another   | other_channel | the channel
/// </code>
/// Cash shop and transfer come before the channel: the target is in no map then, whichever channel it will return to.
/// </summary>
public static class FindTable
{
    /// <summary>Decides.</summary>
    /// <param name="seeker">Who asks.</param>
    /// <param name="target">Whom it asks for; null if nobody of the name is in the game.</param>
    public static FindAnswer Decide(Seeker seeker, Character? target) => target switch
    {
        null => new FindAnswer(FindCodes.NotFound, FindReason.NotInGame, string.Empty, 0),
        { State: CharacterState.CashShop } => new FindAnswer(FindCodes.CashShop, FindReason.CashShop, string.Empty, 0),
        { State: CharacterState.InTransfer } => new FindAnswer(FindCodes.InTransfer, FindReason.InTransfer, string.Empty, 0),
        { } found when found.Channel == seeker.Channel =>
            new FindAnswer(FindCodes.SameMap, FindReason.SameChannel, found.Map.Display, 0),
        { } found => new FindAnswer(FindCodes.OtherChannel, FindReason.OtherChannel, string.Empty, found.Channel),
    };
}
