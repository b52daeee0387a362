namespace ChannelD.Finding;

/// <summary>The reasons as words, for metric, log and game masters. Never changed.</summary>
internal static class FindReasons
{
    public static string NameOf(FindReason reason) => reason switch
    {
        FindReason.SameChannel => "same_channel",
        FindReason.OtherChannel => "other_channel",
        FindReason.CashShop => "cash_shop",
        FindReason.InTransfer => "in_transfer",
        FindReason.NotInGame => "not_in_game",
        FindReason.Hidden => "hidden",
        FindReason.LeaseExpired => "lease_expired",
        _ => "unknown",
    };
}
