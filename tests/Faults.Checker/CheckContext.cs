using Faults.Checker.History;

namespace Faults.Checker;

/// <summary>What rules judge by, and whom they tell.</summary>
public sealed class CheckContext
{
    private readonly Dictionary<ulong, ProcessRun> _runs = [];
    private readonly List<Violation> _violations = [];

    internal CheckContext(CheckerOptions options) => Options = options;

    /// <summary>The bounds.</summary>
    public CheckerOptions Options { get; }

    internal long ViolationCount { get; private set; }

    internal IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The run of a generation; null if the history tells of none.</summary>
    public ProcessRun? RunOf(ulong generation) => _runs.GetValueOrDefault(generation);

    /// <summary>
    /// By when a request must have ended: its deadline and a tick. A chatD that was paused meanwhile gets its slack from when it goes on, and
    /// while it is paused nothing can be asked of it.
    /// </summary>
    public long DueNs(TrackedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ProcessRun? run = RunOf(request.ChatGeneration);
        return run is { IsPaused: true }
            ? long.MaxValue
            : Math.Max(DeadlineNs(request), run?.ResumedNs ?? 0) + Options.TickNs + Options.SlackNs;
    }

    /// <summary>After which a request must not be executed any more, without what is granted to the writers of the history.</summary>
    public long DeadlineNs(TrackedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Options.IsTakenOnAfterPause || RunOf(request.ChatGeneration) is not { } run)
        {
            return request.AskedNs + Options.DeadlineNs;
        }

        return run.IsPaused ? long.MaxValue : Math.Max(request.AskedNs, run.ResumedNs) + Options.DeadlineNs;
    }

    /// <summary>Tells of a violation.</summary>
    public void Report(IInvariant invariant, long atNs, string text)
    {
        ArgumentNullException.ThrowIfNull(invariant);
        ViolationCount++;
        if (_violations.Count < Options.MaxTexts)
        {
            _violations.Add(new Violation(invariant.Name, atNs, text));
        }
    }

    internal void Apply(ProcessChanged change)
    {
        if (!_runs.TryGetValue(change.Generation, out ProcessRun? run))
        {
            run = new ProcessRun(change.Kind, change.Instance, change.Generation, _runs.Count);
            _runs.Add(change.Generation, run);
        }

        switch (change.Change)
        {
            case ProcessChange.Killed or ProcessChange.Stopped:
                run.EndedNs = change.AtNs;
                run.WasKilled = change.Change == ProcessChange.Killed;
                run.IsPaused = false;
                break;
            case ProcessChange.Paused:
                run.IsPaused = true;
                break;
            case ProcessChange.Resumed:
                run.IsPaused = false;
                run.ResumedNs = change.AtNs;
                break;
        }
    }
}
