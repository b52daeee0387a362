using System.Net;
using System.Net.Sockets;
using ChatD.Configuration;
using ChatD.Diagnostics;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;

namespace ChatD.Hosting;

/// <summary>
/// Removes the Unix sockets that a killed chatD has left behind, before Kestrel binds their paths. Starts after the gateway, which has
/// refused a second chatD of this instance by then.
/// </summary>
internal sealed class LeftSockets(IOptions<ChatOptions> options, ILogger<LeftSockets> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = ListenAddress.TryParseAll(options.Value.Listen, out IReadOnlyList<EndPoint> endPoints, out _);
        foreach (UnixDomainSocketEndPoint endPoint in endPoints.OfType<UnixDomainSocketEndPoint>())
        {
            string path = endPoint.ToString();
            if (ForsakenSocket.Remove(path))
            {
                ChatLog.LeftSocketRemoved(logger, path);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
