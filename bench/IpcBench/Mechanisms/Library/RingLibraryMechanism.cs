using IpcBench.Exchanging;
using IpcBench.Interop;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.ResultPath;

namespace IpcBench.Mechanisms.Library;

/// <summary>Requests and results over the library's rings in shared memory.</summary>
/// <param name="id">The id of the raw mechanism that waits in the same way.</param>
/// <param name="title">What people read.</param>
/// <param name="spinUs">How long its reading threads look again before they sleep, in microseconds.</param>
internal sealed class RingLibraryMechanism(string id, string title, int spinUs) : Mechanism
{
    private const string SharedMemoryFolder = "/dev/shm";

    internal override string Id => id;

    internal override string Title => title;

    internal override Side Side => Side.Library;

    internal override string? MissingReason =>
        !Directory.Exists(SharedMemoryFolder) ? $"There is no {SharedMemoryFolder}."
        : !Futex.IsKnown ? "The number of futex(2) is not known for this processor."
        : null;

    // What a killed process could not remove: rings, and the set of semaphores that knows who is there.
    internal override void Remove(Place place)
    {
        SysVSemaphores.Remove(place.Key);
        foreach (string path in Directory.EnumerateFiles(SharedMemoryFolder, $"gameservers-{place.Key:x8}-*.ring"))
        {
            File.Delete(path);
        }
    }

    protected override IAnswerer OpenAnswerer(Place place) => new LibraryAnswerer(Open(place, LibraryExample.Answerer));

    protected override IAsker OpenAsker(Place place) => new LibraryAsker(Open(place, LibraryExample.Asker));

    private IpcNode Open(Place place, DaemonClaim claim)
    {
        IpcOptions options = LibraryExample.Options(place.Key, ResultPathKind.Queue);
        options.Transport = TransportKind.Ring;
        options.RingFolder = SharedMemoryFolder;
        options.RuntimeFolder = place.Folder;
        options.SpinUs = spinUs;
        return IpcNode.Open(options, claim, TimeProvider.System, NullLoggerFactory.Instance);
    }
}
