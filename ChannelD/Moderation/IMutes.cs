namespace ChannelD.Moderation;

/// <summary>Who of this channelD's characters may not speak. Answers from memory. For any thread.</summary>
public interface IMutes
{
    /// <summary>The mute of an own character, if it has one that is not over.</summary>
    /// <param name="key">Its name key.</param>
    /// <param name="mute">The mute.</param>
    bool TryGet(string key, out Mute mute);
}
