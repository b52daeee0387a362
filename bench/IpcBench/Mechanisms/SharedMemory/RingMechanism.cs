using IpcBench.Exchanging;
using IpcBench.Interop;

namespace IpcBench.Mechanisms.SharedMemory;

/// <summary>Two rings in memory that both processes see: one for requests, one for results.</summary>
internal sealed class RingMechanism(string id, string title, RingWait wait) : Mechanism
{
    // Where shm_open(3) makes its files.
    private const string SharedMemoryFolder = "/dev/shm";

    internal override string Id => id;

    internal override string Title => title;

    internal override bool HasC => true;

    internal override string? MissingReason =>
        wait != RingWait.Poll && !Directory.Exists(SharedMemoryFolder) ? $"There is no {SharedMemoryFolder}."
        : wait == RingWait.Futex && !Futex.IsKnown ? "The number of futex(2) is not known for this processor."
        : null;

    protected override IAnswerer OpenAnswerer(Place place)
    {
        RingChannel channel = RingChannel.Create(PathIn(place), wait);
        return new ChannelAnswerer(() => channel);
    }

    protected override IAsker OpenAsker(Place place) => new ChannelAsker(RingChannel.Open(PathIn(place), wait));

    internal override void Remove(Place place) => File.Delete(PathIn(place));

    private string PathIn(Place place) => wait == RingWait.Poll ? place.File("rings") : Path.Combine(SharedMemoryFolder, place.Name);
}
