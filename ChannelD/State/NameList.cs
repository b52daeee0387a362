namespace ChannelD.State;

/// <summary>The lists of names that a character has. The numbers are kept in stores and never change.</summary>
public enum NameList
{
    /// <summary>Of whom it wants to hear nothing.</summary>
    Blocks = 1,

    /// <summary>Its friends. One-sided: being on somebody's list needs no consent, and gives nothing but what everybody may see.</summary>
    Buddies = 2,
}
