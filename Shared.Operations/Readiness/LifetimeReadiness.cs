using Microsoft.Extensions.Hosting;

namespace Shared.Operations.Readiness;

/// <summary>Whether the daemon has started and does not stop.</summary>
internal sealed class LifetimeReadiness(IHostApplicationLifetime lifetime) : IReadiness
{
    /// <inheritdoc/>
    public string Name => "daemon";

    /// <inheritdoc/>
    public ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? "it is stopping"
        : lifetime.ApplicationStarted.IsCancellationRequested ? null
        : "it is starting");
}
