namespace Shared.Protocol.Peers;

/// <summary>Learns how a <see cref="ChannelLink"/> fares. Calls come one at a time, from the reading thread or the timer; they must not wait.</summary>
public interface IChannelLinkObserver
{
    /// <summary>
    /// The channelD admits this chatD. It knows none of its sessions, whether it is new itself or had given this chatD up.
    /// </summary>
    /// <param name="isNewGeneration">Whether it is another process than the one met before: what that one was asked is lost.</param>
    void OnUp(bool isNewGeneration);

    /// <summary>The channelD has stopped, or is silent for a whole lease.</summary>
    /// <param name="isClean">Whether it took its leave: then it answered all it had begun.</param>
    void OnDown(bool isClean);
}
