using ChatD.Gateway;
using Shared.Operations.Readiness;

namespace ChatD.Hosting;

/// <summary>Whether players can be served: the home channel is there and knows this chatD's sessions.</summary>
internal sealed class ChannelReadiness(ChannelGateway gateway) : IReadiness
{
    /// <inheritdoc/>
    public string Name => "channel";

    /// <inheritdoc/>
    public ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        gateway.IsReady ? null : "its channelD does not answer, or does not know the sessions yet");
}
