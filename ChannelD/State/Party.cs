namespace ChannelD.State;

/// <summary>A party as it was when it was read.</summary>
/// <param name="Id">Its number; not given to another party.</param>
/// <param name="LeaderKey">The name key of who leads it; always a member.</param>
/// <param name="Members">All members in the order in which they joined; never empty.</param>
public sealed record Party(long Id, string LeaderKey, IReadOnlyList<KeptName> Members)
{
    /// <summary>Who leads it.</summary>
    public KeptName Leader => Members.First(member => member.Key == LeaderKey);

    /// <summary>Whether a character is a member.</summary>
    public bool Has(string key) => Members.Any(member => member.Key == key);
}
