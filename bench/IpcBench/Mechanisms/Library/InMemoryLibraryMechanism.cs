using IpcBench.Exchanging;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.InMemory;
using Shared.Protocol.Transport.ResultPath;

namespace IpcBench.Mechanisms.Library;

/// <summary>The library with nothing beneath but memory: what it costs by itself.</summary>
internal sealed class InMemoryLibraryMechanism : Mechanism
{
    internal override string Id => "in-memory";

    internal override string Title => "In memory, one process";

    internal override Side Side => Side.Library;

    internal override bool IsOneProcess => true;

    protected override IAsker OpenAsker(Place place)
    {
        InMemoryBus bus = InMemoryMechanism.MakeBus();
        return new WithAnswerer(new LibraryAsker(Open(LibraryExample.Asker, generation: 1)), new LibraryAnswerer(Open(LibraryExample.Answerer, generation: 2)));

        IpcNode Open(DaemonClaim claim, ulong generation) => new(
            bus.Attach(claim), LibraryExample.Options(place.Key, ResultPathKind.Queue), generation, TimeProvider.System, NullLoggerFactory.Instance);
    }
}
