using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>Busy means never executed, Ok means executed once, and nothing is executed twice, or without having been asked.</summary>
public sealed class ExecutedAsTold : IInvariant
{
    /// <inheritdoc/>
    public string Name => "3 executed as told";

    /// <inheritdoc/>
    public void OnExecuted(Executed record, TrackedRequest? request, CheckContext context)
    {
        if (request is null)
        {
            context.Report(this, record.AtNs, $"Executed, and nobody asked it, or not lately: '{record.Line}'");
            return;
        }

        if (request.Executions > 0)
        {
            context.Report(this, record.AtNs, $"Executed again: {request}");
        }

        if (request.End == EndKind.Busy)
        {
            context.Report(this, record.AtNs, $"Executed after Busy at {request.EndedNs} ns: {request}");
        }

        if (record.Line != request.Line)
        {
            context.Report(this, record.AtNs, $"Executed as '{record.Line}': {request}");
        }

        bool isOther = (record.UserId != 0 && record.UserId != request.UserId)
            || (record.ChatGeneration != 0 && record.ChatGeneration != request.ChatGeneration);
        if (isOther)
        {
            context.Report(this, record.AtNs, $"Executed for session {record.UserId} ({record.ChatGeneration:x}): {request}");
        }
    }

    /// <inheritdoc/>
    public void OnSettled(TrackedRequest request, long nowNs, CheckContext context)
    {
        if (!request.HasSecret)
        {
            return;
        }

        if (request is { End: EndKind.Ok, Executions: 0 })
        {
            context.Report(this, nowNs, $"Ok, and never executed: {request}");
        }
        else if (request is { End: EndKind.Busy, Executions: > 0 })
        {
            context.Report(this, nowNs, $"Busy, and executed: {request}");
        }
    }
}
