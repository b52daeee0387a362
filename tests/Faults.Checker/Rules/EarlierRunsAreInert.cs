using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>Nothing that belongs to an ended process is acted upon: no dead one speaks, and none is served once its successor was.</summary>
public sealed class EarlierRunsAreInert : IInvariant
{
    // For each channelD run and chatD: the latest run of that chatD that was served.
    private readonly Dictionary<(ulong ChannelGeneration, int ChatInstance), ProcessRun> _served = [];

    /// <inheritdoc/>
    public string Name => "9 earlier runs are inert";

    /// <inheritdoc/>
    public void OnEnded(Ended record, TrackedRequest? request, CheckContext context)
    {
        // That it was cancelled is told by the asker's side itself.
        if (record.Kind != EndKind.Cancelled && HasEnded(record.ChatGeneration, record.AtNs, context) is { } run)
        {
            context.Report(this, record.AtNs, $"{run}, which ended at {run.EndedNs} ns, told {record.Kind} for request {record.Request}.");
        }
    }

    /// <inheritdoc/>
    public void OnExecuted(Executed record, TrackedRequest? request, CheckContext context)
    {
        if (HasEnded(record.ChannelGeneration, record.AtNs, context) is { } ended)
        {
            context.Report(this, record.AtNs, $"{ended}, which ended at {ended.EndedNs} ns, executed '{record.Line}'.");
        }

        ulong chatGeneration = request?.ChatGeneration ?? record.ChatGeneration;
        if (context.RunOf(chatGeneration) is not { } chat)
        {
            return;
        }

        (ulong, int) key = (record.ChannelGeneration, chat.Instance);
        if (_served.TryGetValue(key, out ProcessRun? latest) && latest.Order > chat.Order)
        {
            context.Report(this, record.AtNs, $"Executed for {chat} after its successor {latest} had been served: '{record.Line}'");
        }
        else
        {
            _served[key] = chat;
        }
    }

    private static ProcessRun? HasEnded(ulong generation, long atNs, CheckContext context) =>
        context.RunOf(generation) is { EndedNs: { } endedNs } run && atNs > endedNs + context.Options.SlackNs ? run : null;
}
