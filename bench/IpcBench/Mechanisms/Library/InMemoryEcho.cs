using Shared.Protocol.Transport;

namespace IpcBench.Mechanisms.Library;

/// <summary>Sends back what it gets.</summary>
internal sealed class InMemoryEcho(ITransport transport) : IFrameReceiver
{
    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        if (transport.TrySend(LibraryExample.Results, frame) != SendStatus.Sent)
        {
            throw new IOException("There is no room for a result.");
        }
    }

    /// <inheritdoc/>
    public void OnReset()
    {
    }
}
