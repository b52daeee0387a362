using IpcBench.Exchanging;
using IpcBench.Interop;
using Microsoft.Win32.SafeHandles;

namespace IpcBench.Mechanisms.Pipes;

/// <summary>Two pipes with names in the file system (mkfifo).</summary>
internal sealed class FifoMechanism : Mechanism
{
    internal override string Id => "fifo";

    internal override string Title => "FIFO (mkfifo)";

    internal override bool HasC => true;

    protected override IAnswerer OpenAnswerer(Place place)
    {
        Descriptors.MakeFifo(place.File("requests"));
        Descriptors.MakeFifo(place.File("results"));
        return new ChannelAnswerer(() =>
        {
            // Each open waits for the other side's: both sides open them in this order, or they would wait for ever.
            SafeFileHandle requests = Descriptors.Open(place.File("requests"), Descriptors.O_RDONLY);
            return new PipeChannel(requests, Descriptors.Open(place.File("results"), Descriptors.O_WRONLY));
        });
    }

    protected override IAsker OpenAsker(Place place)
    {
        SafeFileHandle requests = Descriptors.Open(place.File("requests"), Descriptors.O_WRONLY);
        SafeFileHandle results = Descriptors.Open(place.File("results"), Descriptors.O_RDONLY);
        Descriptors.SetNonBlocking(requests, Descriptors.O_WRONLY);
        return new ChannelAsker(new PipeChannel(results, requests));
    }
}
