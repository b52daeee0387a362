using Shared.Operations.Metrics;
using Shared.Protocol.Administration;

namespace Shared.Operations.Administration;

/// <summary>Everything that is counted, for programs that take differences.</summary>
internal sealed class MetricsCommand(MetricsKeeper metrics) : IAdminCommand
{
    /// <inheritdoc/>
    public string Path => AdminPaths.Metrics;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Read;

    /// <inheritdoc/>
    public async ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        IReadOnlyList<MetricStatus> all = metrics.Families is { } families ? await families.ListAsync(cancellationToken) : [];
        return AdminReply.Of(new MetricsAnswer(Environment.TickCount64, all), AdminJson.Default.MetricsAnswer);
    }
}
