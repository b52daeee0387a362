namespace Shared.Protocol.Peers;

/// <summary>Learns how a <see cref="ChannelLink"/> fares. Calls come one at a time, from the reading thread or the timer; they must not wait.</summary>
public interface IChannelLinkObserver
{
    /// <summary>The channelD is there, and admits this chatD.</summary>
    /// <param name="arrival">What it knows of this chatD.</param>
    void OnUp(ChannelArrival arrival);

    /// <summary>The channelD has stopped, or is silent for a whole lease.</summary>
    /// <param name="isClean">Whether it took its leave: then it answered all it had begun.</param>
    void OnDown(bool isClean);
}
