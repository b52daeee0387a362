using Microsoft.Extensions.Hosting;

namespace IpcBench.Mechanisms.Http;

/// <summary>A host that neither prints nor takes signals.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
