namespace ChannelD.State;

/// <summary>What came of a change of a list.</summary>
public enum ListStatus
{
    /// <summary>Done.</summary>
    Done = 1,

    /// <summary>The name is in the list already.</summary>
    AlreadyThere = 2,

    /// <summary>The name is not in the list.</summary>
    NotThere = 3,

    /// <summary>The list has as many names as it may.</summary>
    Full = 4,
}
