using IpcBench.Exchanging;
using IpcBench.Interop;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.ResultPath;

namespace IpcBench.Mechanisms.Library;

/// <summary>The library as the daemons run it: requests over System V queues, results over the one or the other.</summary>
/// <param name="results">The way that results take.</param>
/// <param name="spinUs">How long its reading threads look again before they sleep, in microseconds.</param>
internal abstract class QueueLibraryMechanism(ResultPathKind results, int spinUs = 0) : Mechanism
{
    internal override Side Side => Side.Library;

    // What a killed process could not remove: queues, and the set of semaphores that knows who is there.
    internal override void Remove(Place place)
    {
        SysVQueues.Remove(place.Key);
        SysVQueues.Remove(place.Key + 1);
        SysVSemaphores.Remove(place.Key);
        SysVSemaphores.Remove(place.Key + 1);
    }

    protected override IAnswerer OpenAnswerer(Place place) => new LibraryAnswerer(Open(place, LibraryExample.Answerer));

    protected override IAsker OpenAsker(Place place) => new LibraryAsker(Open(place, LibraryExample.Asker));

    private IpcNode Open(Place place, DaemonClaim claim)
    {
        IpcOptions options = LibraryExample.Options(place.Key, results);
        options.RuntimeFolder = place.Folder;
        options.SpinUs = spinUs;
        return IpcNode.Open(options, claim, TimeProvider.System, NullLoggerFactory.Instance);
    }
}
