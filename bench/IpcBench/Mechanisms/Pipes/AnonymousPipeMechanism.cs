using System.Globalization;
using IpcBench.Exchanging;
using IpcBench.Interop;
using Microsoft.Win32.SafeHandles;

namespace IpcBench.Mechanisms.Pipes;

/// <summary>Two pipes without names, which both processes inherit from the one that starts them.</summary>
internal sealed class AnonymousPipeMechanism : Mechanism
{
    internal override string Id => "pipe";

    internal override string Title => "Anonymous pipe";

    internal override bool HasC => true;

    internal override Task<Stage> PrepareAsync(Place place, CancellationToken cancellationToken)
    {
        (SafeFileHandle Read, SafeFileHandle Write) requests = Descriptors.Pipe();
        (SafeFileHandle Read, SafeFileHandle Write) results = Descriptors.Pipe();
        return Task.FromResult<Stage>(new InheritedDescriptors(place, [requests.Read, requests.Write, results.Read, results.Write]));
    }

    protected override IAnswerer OpenAnswerer(Place place)
    {
        SafeFileHandle[] ends = Ends(place);
        ends[1].Dispose();
        ends[2].Dispose();
        return new ChannelAnswerer(() => new PipeChannel(ends[0], ends[3]));
    }

    protected override IAsker OpenAsker(Place place)
    {
        SafeFileHandle[] ends = Ends(place);
        ends[0].Dispose();
        ends[3].Dispose();
        Descriptors.SetNonBlocking(ends[1], Descriptors.O_WRONLY);
        return new ChannelAsker(new PipeChannel(ends[2], ends[1]));
    }

    private static SafeFileHandle[] Ends(Place place) =>
        [.. place.Value!.Split(',').Select(number => new SafeFileHandle(int.Parse(number, CultureInfo.InvariantCulture), ownsHandle: true))];
}
