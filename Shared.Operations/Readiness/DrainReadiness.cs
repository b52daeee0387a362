using Shared.Protocol.Hosting;

namespace Shared.Operations.Readiness;

/// <summary>Whether the daemon lets anybody in: a load balancer is to send nobody to one that does not.</summary>
internal sealed class DrainReadiness(DrainSwitch drain) : IReadiness
{
    /// <inheritdoc/>
    public string Name => "drain";

    /// <inheritdoc/>
    public ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(drain.IsOn ? "it is being drained: nobody is let in" : null);
}
