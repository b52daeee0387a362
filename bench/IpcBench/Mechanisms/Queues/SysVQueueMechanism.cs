using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.Queues;

/// <summary>System V message queues: one for requests, one for results.</summary>
internal sealed class SysVQueueMechanism : Mechanism
{
    internal override string Id => "sysv";

    internal override string Title => "System V queue";

    internal override bool HasC => true;

    protected override IAnswerer OpenAnswerer(Place place)
    {
        int requests = SysVQueues.Create(place.Key);
        int results = SysVQueues.Create(place.Key + 1);
        return new ChannelAnswerer(() => new SysVChannel(requests, results));
    }

    protected override IAsker OpenAsker(Place place) =>
        new ChannelAsker(new SysVChannel(SysVQueues.Open(place.Key + 1), SysVQueues.Open(place.Key)));

    internal override void Remove(Place place)
    {
        SysVQueues.Remove(place.Key);
        SysVQueues.Remove(place.Key + 1);
    }
}
