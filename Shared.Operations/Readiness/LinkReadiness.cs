using System.Globalization;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Peers;

namespace Shared.Operations.Readiness;

/// <summary>
/// Whether those channelDs that count as there have answered lately. The links notice a silence themselves, by a timer; a process whose timers do
/// not run any more does not, and this does.
/// </summary>
internal sealed class LinkReadiness(IpcState ipc, IOptions<IpcOptions> options) : IReadiness
{
    /// <inheritdoc/>
    public string Name => "greetings";

    /// <inheritdoc/>
    public ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        // The link looks once a heartbeat, so it may be that much behind.
        TimeSpan limit = TimeSpan.FromMilliseconds(options.Value.LeaseMs + (2 * options.Value.HeartbeatMs));
        foreach (ChannelLink link in ipc.Node?.Peers.Watch.Links ?? [])
        {
            if (link.IsUp && link.LastAnswerAge is { } age && age > limit)
            {
                return ValueTask.FromResult<string?>(string.Create(
                    CultureInfo.InvariantCulture, $"channelD {link.ChannelInstance} has not answered a greeting for {age.TotalMilliseconds:F0} ms"));
            }
        }

        return ValueTask.FromResult<string?>(null);
    }
}
