using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ChatD.Hosting.Listening;

/// <summary>Kestrel's sockets, of which no more are accepted than there are slots for.</summary>
/// <param name="inner">Binds.</param>
/// <param name="slots">The slots, shared by all end points.</param>
internal sealed class BoundedListenerFactory(IConnectionListenerFactory inner, ConnectionSlots slots) : IConnectionListenerFactory
{
    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new BoundedListener(await inner.BindAsync(endpoint, cancellationToken), slots);
}
