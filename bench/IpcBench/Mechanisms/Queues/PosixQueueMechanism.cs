using System.Globalization;
using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.Queues;

/// <summary>POSIX message queues: one for requests, one for results, as large as any user may make them.</summary>
internal sealed class PosixQueueMechanism : Mechanism
{
    private const string LimitsFolder = "/proc/sys/fs/mqueue/";

    internal override string Id => "posix";

    internal override string Title => "POSIX queue";

    internal override bool HasC => true;

    internal override string? MissingReason =>
        !Directory.Exists(LimitsFolder) ? "This kernel has no POSIX message queues (CONFIG_POSIX_MQUEUE)."
        : Limit("msgsize_max") < Load.MaxSizeBytes ? $"fs.mqueue.msgsize_max is below {Load.MaxSizeBytes}: sysctl fs.mqueue.msgsize_max={Load.MaxSizeBytes}"
        : null;

    protected override IAnswerer OpenAnswerer(Place place)
    {
        const int Make = PosixQueue.O_CREAT | PosixQueue.O_EXCL;
        int capacity = Limit("msg_max");
        PosixQueue requests = PosixQueue.Open(Requests(place), Descriptors.O_RDONLY | Make, capacity, Load.MaxSizeBytes);
        PosixQueue results = PosixQueue.Open(Results(place), Descriptors.O_WRONLY | Make, capacity, Load.MaxSizeBytes);
        return new ChannelAnswerer(() => new PosixChannel(requests, results));
    }

    protected override IAsker OpenAsker(Place place) => new ChannelAsker(new PosixChannel(
        PosixQueue.Open(Results(place), Descriptors.O_RDONLY),
        PosixQueue.Open(Requests(place), Descriptors.O_WRONLY | Descriptors.O_NONBLOCK)));

    internal override void Remove(Place place)
    {
        PosixQueue.Remove(Requests(place));
        PosixQueue.Remove(Results(place));
    }

    private static string Requests(Place place) => $"/{place.Name}-requests";

    private static string Results(Place place) => $"/{place.Name}-results";

    private static int Limit(string name) => int.Parse(File.ReadAllText(LimitsFolder + name), CultureInfo.InvariantCulture);
}
