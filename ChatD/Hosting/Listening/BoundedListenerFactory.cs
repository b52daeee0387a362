using System.Net;
using System.Net.Sockets;
using ChatD.Configuration;
using Microsoft.AspNetCore.Connections;
using Shared.Protocol.Hosting;
using Shared.Protocol.Transport;

namespace ChatD.Hosting.Listening;

/// <summary>Kestrel's sockets, of which no more are accepted than there are slots for.</summary>
/// <param name="inner">Binds.</param>
/// <param name="slots">The slots, shared by all end points.</param>
internal sealed class BoundedListenerFactory(IConnectionListenerFactory inner, ConnectionSlots slots) : IConnectionListenerFactory
{
    /// <inheritdoc/>
    /// <exception cref="ResourceRefusedException">The address cannot be listened on; the message names the option.</exception>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return new BoundedListener(await inner.BindAsync(endpoint, cancellationToken), slots);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AddressInUseException)
        {
            // Kestrel would name a URL, which nobody has set.
            string address = endpoint is UnixDomainSocketEndPoint ? $"{ListenAddress.UnixPrefix}{endpoint}" : $"{endpoint}";
            string why = (exception as SocketException ?? exception.InnerException as SocketException ?? exception).Message;
            throw new ResourceRefusedException(
                $"{ChatOptions.Section}:{nameof(ChatOptions.Listen)} = {address} cannot be listened on: {why}. Stop what listens there, or give another address.",
                exception);
        }
    }
}
