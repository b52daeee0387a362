using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ChatD.Hosting.Listening;

/// <summary>
/// Accepts while there are slots. Who comes when there is none waits in the kernel's backlog, and is accepted when a connection ends: one
/// that does not log in does so by its deadline.
/// </summary>
/// <param name="inner">Accepts. Owned.</param>
/// <param name="slots">The slots.</param>
internal sealed class BoundedListener(IConnectionListener inner, ConnectionSlots slots) : IConnectionListener
{
    private readonly CancellationTokenSource _unbinding = new();

    /// <inheritdoc/>
    public EndPoint EndPoint => inner.EndPoint;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_unbinding.Token, cancellationToken);
            await slots.TakeAsync(waiting.Token);
        }
        catch (OperationCanceledException) when (_unbinding.IsCancellationRequested)
        {
            return null;
        }

        ConnectionContext? connection = null;
        try
        {
            connection = await inner.AcceptAsync(cancellationToken);
            return connection is null ? null : new BoundedConnection(connection, slots);
        }
        finally
        {
            if (connection is null)
            {
                slots.Return();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbinding.CancelAsync();
        await inner.UnbindAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _unbinding.CancelAsync();
        await inner.DisposeAsync();
    }
}
