using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.Queues;

/// <summary>System V message queues: one for requests, one for results.</summary>
/// <param name="spins">Whether who waits looks again and again, without sleeping.</param>
internal sealed class SysVQueueMechanism(bool spins) : Mechanism
{
    internal override string Id => spins ? "sysv-spin" : "sysv";

    internal override string Title => spins ? "System V queue, spinning" : "System V queue";

    internal override bool HasC => true;

    protected override IAnswerer OpenAnswerer(Place place)
    {
        int requests = SysVQueues.Create(place.Key);
        int results = SysVQueues.Create(place.Key + 1);
        return new ChannelAnswerer(() => new SysVChannel(requests, results, spins));
    }

    protected override IAsker OpenAsker(Place place) =>
        new ChannelAsker(new SysVChannel(SysVQueues.Open(place.Key + 1), SysVQueues.Open(place.Key), spins));

    internal override void Remove(Place place)
    {
        SysVQueues.Remove(place.Key);
        SysVQueues.Remove(place.Key + 1);
    }
}
