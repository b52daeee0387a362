using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>Every request gets exactly one outcome, within its deadline plus a tick.</summary>
public sealed class ExactlyOneOutcome : IInvariant
{
    /// <inheritdoc/>
    public string Name => "1 exactly one outcome in time";

    /// <inheritdoc/>
    public void OnEnded(Ended record, TrackedRequest? request, CheckContext context)
    {
        if (request is null)
        {
            context.Report(this, record.AtNs, $"{record.Kind} for request {record.Request}, which nobody asked, or not lately.");
        }
        else if (request.End is { } before)
        {
            context.Report(this, record.AtNs, $"A second outcome, {record.Kind} after {before} at {request.EndedNs} ns: {request}");
        }
        else if (record.AtNs - record.AwayNs > context.DueNs(request))
        {
            context.Report(this, record.AtNs, $"{record.Kind} came {record.AtNs - context.DueNs(request)} ns too late: {request}");
        }
    }

    /// <inheritdoc/>
    public void OnSettled(TrackedRequest request, long nowNs, CheckContext context)
    {
        if (request is { End: null, IsExcused: false })
        {
            context.Report(this, nowNs, $"No outcome: {request}");
        }
    }
}
