namespace ChannelD.Finding;

/// <summary>The codes of <c>/찾기</c>. Part of the contract with clients; never changed.</summary>
public static class FindCodes
{
    /// <summary>In the seeker's channel; arguments: name, map.</summary>
    public const string SameMap = "same_map";

    /// <summary>In another channel; arguments: name, channel.</summary>
    public const string OtherChannel = "other_channel";

    /// <summary>In the cash shop; argument: name.</summary>
    public const string CashShop = "cash_shop";

    /// <summary>Loading a map; argument: name.</summary>
    public const string InTransfer = "in_transfer";

    /// <summary>Not to be found; argument: the name as the seeker typed it, in NFC.</summary>
    public const string NotFound = "not_found";
}
