using System.IO.Pipes;
using IpcBench.Exchanging;

namespace IpcBench.Mechanisms.Pipes;

/// <summary>.NET's named pipes, which are Unix sockets on Linux, through .NET's streams.</summary>
internal sealed class NamedPipeMechanism : Mechanism
{
    private const int ConnectMs = 30_000;

    internal override string Id => "named-pipe";

    internal override string Title => "Named pipe (.NET)";

    protected override IAnswerer OpenAnswerer(Place place)
    {
        // Given a path, .NET takes it as it is; a mere name would become /tmp/CoreFxPipe_NAME.
        var server = new NamedPipeServerStream(
            place.File("pipe"), PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        return new ChannelAnswerer(() =>
        {
            server.WaitForConnection();
            return new NamedPipeChannel(server);
        });
    }

    protected override IAsker OpenAsker(Place place)
    {
        var client = new NamedPipeClientStream(".", place.File("pipe"), PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        client.Connect(ConnectMs);
        return new ChannelAsker(new NamedPipeChannel(client));
    }
}
