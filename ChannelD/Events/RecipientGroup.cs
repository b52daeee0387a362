namespace ChannelD.Events;

/// <summary>The recipients of one run of one chatD.</summary>
internal sealed class RecipientGroup
{
    /// <summary>The chatD's number.</summary>
    public int ChatInstance { get; set; }

    /// <summary>Its run.</summary>
    public ulong Generation { get; set; }

    /// <summary>Its sessions.</summary>
    public List<int> UserIds { get; } = [];
}
