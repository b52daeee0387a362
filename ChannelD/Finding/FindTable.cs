using ChannelD.Directory;
using ChannelD.Presence;

namespace ChannelD.Finding;

/// <summary>
/// The decision table of <c>/찾기</c>: a pure function of seeker and target. The first row that fits decides.
/// <code>
/// target                                    | channel   | code          | tells       | reason
/// ------------------------------------------+-----------+---------------+-------------+--------------
/// nobody has ever told of it, or it has gone| –         | not_found     | nothing     | not_in_game
/// its channelD's lease has expired          | any       | not_found     | nothing     | lease_expired
/// hidden, and of a tier above the seeker's  | any       | not_found     | nothing     | hidden
/// in the cash shop                          | any       | cash_shop     | nothing     | cash_shop
/// in transfer                               | any       | in_transfer   | nothing     | in_transfer
/// in a map                                  | seeker's  | same_map      | the map     | same_channel
/// in a map                                  | another   | other_channel | the channel | other_channel
/// </code>
/// The first three are one and the same for the player. Cash shop and transfer come before the channel: the target is in no map then, whichever
/// channel it will return to.
/// </summary>
public static class FindTable
{
    /// <summary>Decides.</summary>
    /// <param name="seeker">Who asks.</param>
    /// <param name="target">Whom it asks for, and how that is known; null if nothing is known of anybody of the name.</param>
    public static FindAnswer Decide(Seeker seeker, Sighting? target) => target switch
    {
        null => NotFound(FindReason.NotInGame),
        { Source: SightingSource.Expired } => NotFound(FindReason.LeaseExpired),
        { } found when !found.Character.IsVisibleTo(seeker.Tier) => NotFound(FindReason.Hidden),
        { Character.State: CharacterState.CashShop } => new FindAnswer(FindCodes.CashShop, FindReason.CashShop, string.Empty, 0),
        { Character.State: CharacterState.InTransfer } => new FindAnswer(FindCodes.InTransfer, FindReason.InTransfer, string.Empty, 0),
        { } found when found.Character.Channel == seeker.Channel =>
            new FindAnswer(FindCodes.SameMap, FindReason.SameChannel, found.Character.Map.Display, 0),
        { } found => new FindAnswer(FindCodes.OtherChannel, FindReason.OtherChannel, string.Empty, found.Character.Channel),
    };

    private static FindAnswer NotFound(FindReason reason) => new(FindCodes.NotFound, reason, string.Empty, 0);
}
