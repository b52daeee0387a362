using IpcBench.Exchanging;
using Shared.Protocol.Transport.InMemory;

namespace IpcBench.Mechanisms.Library;

/// <summary>From one thread to another of the same process: what the library's in-memory transport costs without requests and wire.</summary>
internal sealed class InMemoryMechanism : Mechanism
{
    internal override string Id => "in-memory";

    internal override string Title => "In memory, one process";

    internal override bool IsOneProcess => true;

    /// <summary>A bus that is never full.</summary>
    internal static InMemoryBus MakeBus() => new(Load.MaxSizeBytes, 2L * Load.MaxInFlight * Load.MaxSizeBytes);

    protected override IAsker OpenAsker(Place place)
    {
        InMemoryBus bus = MakeBus();
        InMemoryTransport answering = bus.Attach(LibraryExample.Answerer);
        answering.StartReading(LibraryExample.Requests, new InMemoryEcho(answering));
        return new WithAnswerer(new InMemoryAsker(bus.Attach(LibraryExample.Asker)), answering);
    }
}
