using IpcBench.Mechanisms.Http;
using IpcBench.Mechanisms.Library;
using IpcBench.Mechanisms.Pipes;
using IpcBench.Mechanisms.Queues;
using IpcBench.Mechanisms.RabbitMq;
using IpcBench.Mechanisms.SharedMemory;
using IpcBench.Mechanisms.Sockets;

namespace IpcBench.Mechanisms;

/// <summary>All mechanisms, in the order of the report.</summary>
internal static class MechanismCatalogue
{
    // Longer than anything that is waited for, as the raw mechanisms of the same ids do: what Ipc:SpinUs may be at most.
    private const int SpinUs = 100_000;

    /// <summary>Those of one id follow each other: they are measured in turn.</summary>
    internal static IReadOnlyList<Mechanism> All { get; } =
    [
        new SysVQueueMechanism(spins: false),
        new SysVLibraryMechanism(),
        new SysVQueueMechanism(spins: true),
        new SysVLibraryMechanism(SpinUs),
        new PosixQueueMechanism(),
        new AnonymousPipeMechanism(),
        new FifoMechanism(),
        new NamedPipeMechanism(),
        new UnixSocketMechanism("unix-stream", "Unix socket, stream", System.Net.Sockets.SocketType.Stream),
        new UnixSocketMechanism("unix-seqpacket", "Unix socket, seqpacket", System.Net.Sockets.SocketType.Seqpacket),
        new SocketLibraryMechanism(),
        new UnixSocketMechanism("unix-datagram", "Unix socket, datagram", System.Net.Sockets.SocketType.Dgram),
        new TcpMechanism(),
        new RingMechanism("shm-futex", "Shared memory, futex", RingWait.Futex),
        new RingLibraryMechanism("shm-futex", "Ring", spinUs: 0),
        new RingMechanism("shm-spin", "Shared memory, spinning", RingWait.Spin),
        new RingLibraryMechanism("shm-spin", "Ring, spinning", SpinUs),
        new RingMechanism("mmap-poll", "Memory-mapped file, polled", RingWait.Poll),
        new HttpMechanism("http1", "HTTP/1.1 REST, Kestrel", isHttp2: false),
        new HttpMechanism("http2", "HTTP/2, Kestrel", isHttp2: true),
        new RabbitMqMechanism(),
        new InMemoryMechanism(),
        new InMemoryLibraryMechanism(),
    ];

    /// <summary>The ids, each once.</summary>
    internal static IReadOnlyList<string> Ids { get; } = [.. All.Select(mechanism => mechanism.Id).Distinct()];

    /// <summary>The one of an id and a side.</summary>
    internal static Mechanism Get(string id, Side side) => All.First(mechanism => mechanism.Id == id && mechanism.Side == side);
}
