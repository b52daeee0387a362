using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>Nothing is executed whose asker has been told that it may never know.</summary>
public sealed class ExecutedInTime : IInvariant
{
    /// <inheritdoc/>
    public string Name => "3 never executed past its deadline";

    /// <inheritdoc/>
    public void OnExecuted(Executed record, TrackedRequest? request, CheckContext context)
    {
        long lateNs = request is null ? 0 : record.AtNs - context.DeadlineNs(request) - context.Options.SlackNs;
        if (lateNs > 0)
        {
            context.Report(this, record.AtNs, $"Executed {lateNs} ns after its deadline: {request}");
        }
    }
}
