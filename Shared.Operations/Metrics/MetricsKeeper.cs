using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting.Ipc;

namespace Shared.Operations.Metrics;

/// <summary>The one listener of the daemon, for both endpoints: counts from its making on, unless neither endpoint is there.</summary>
internal sealed class MetricsKeeper : IDisposable
{
    /// <summary>Begins to count.</summary>
    /// <param name="options">Whether anybody may ask, and how many series there may be.</param>
    /// <param name="metrics">Is here to be made: its instruments exist from then on.</param>
    public MetricsKeeper(IOptions<OpsOptions> options, IpcMetrics metrics)
    {
        _ = metrics;
        if (!options.Value.IsOff || !options.Value.IsAdminOff)
        {
            Families = new MetricFamilies(options.Value.MaxSeries, MeterSelection.Includes);
            Families.Start();
        }
    }

    /// <summary>What is counted; null where nobody can ask for it.</summary>
    public MetricFamilies? Families { get; }

    /// <inheritdoc/>
    public void Dispose() => Families?.Dispose();
}
