namespace ChannelD.Directory;

/// <summary>Learns that a character of this channelD has changed. Calls come on the thread that changed it, outside all locks; they must not wait.</summary>
/// <remarks>
/// Two changes at once may be told in either order: a listener that must have the last state reads the directory, where it always is.
/// </remarks>
internal interface IDirectoryListener
{
    /// <summary>A character has come, changed or gone.</summary>
    /// <param name="character">As it was just after the change; as it last was if it has gone.</param>
    /// <param name="isGone">Whether it has left.</param>
    void OnChanged(in Character character, bool isGone);
}
