using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>Some time after the load has ended nothing waits anywhere.</summary>
public sealed class NothingWaitsAtRest : IInvariant
{
    /// <inheritdoc/>
    public string Name => "5 nothing waits at rest";

    /// <inheritdoc/>
    public void OnOther(HistoryRecord record, CheckContext context)
    {
        if (record is DepthSampled { IsAtRest: true } depth && (depth.Count != 0 || depth.Bytes != 0))
        {
            context.Report(this, depth.AtNs, $"{depth.Count} with {depth.Bytes} bytes are left in {depth.Where}.");
        }
    }
}
