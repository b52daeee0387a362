using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting.Ipc;

namespace Shared.Operations.Readiness;

/// <summary>
/// Whether the daemon's own mailbox can be sent to and is read: an empty frame goes through the kernel's queue, and the thread that serves
/// requests or takes results has to take it out.
/// </summary>
/// <remarks>
/// Not on the wires of C programs: who looks there whether anything waits takes an empty frame for a request, and is held up by it.
/// </remarks>
internal sealed class QueueReadiness(IpcState ipc, IOptions<OpsOptions> options) : IReadiness
{
    /// <inheritdoc/>
    public string Name => "queue";

    /// <inheritdoc/>
    public async ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        if (ipc.Node is not { } node)
        {
            return "the queues are not open";
        }

        if (!node.Codec.CarriesSessions)
        {
            return null;
        }

        // A little less than the whole look may take, so that it is this answer that is given.
        TimeSpan limit = TimeSpan.FromMilliseconds(options.Value.TimeoutMs * 0.8);
        try
        {
            return (node.Server is { } server ? await server.FindMailboxFaultAsync(limit, cancellationToken) : null)
                ?? (node.Client is { } client ? await client.FindMailboxFaultAsync(limit, cancellationToken) : null);
        }
        catch (ObjectDisposedException)
        {
            return "the queues are closed";
        }
    }
}
