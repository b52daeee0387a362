using Faults.Checker.History;

namespace Faults.Checker;

/// <summary>
/// A rule that every history must keep. It is shown the records in the order of time, each before the checker itself takes note of it, so
/// that a <see cref="TrackedRequest"/> says how things stood before.
/// </summary>
public interface IInvariant
{
    /// <summary>What it is called: the number of <c>faults.md</c>'s rule and a few words.</summary>
    string Name { get; }

    /// <summary>A request was asked.</summary>
    void OnAsked(Asked record, CheckContext context)
    {
    }

    /// <summary>A request has ended. It is null where none of that number is remembered.</summary>
    void OnEnded(Ended record, TrackedRequest? request, CheckContext context)
    {
    }

    /// <summary>A request was executed. It is null where none of that number is remembered. Executions without a secret are not shown.</summary>
    void OnExecuted(Executed record, TrackedRequest? request, CheckContext context)
    {
    }

    /// <summary>Anything else has happened.</summary>
    void OnOther(HistoryRecord record, CheckContext context)
    {
    }

    /// <summary>A request is about to be forgotten: all that will ever be known of it is known.</summary>
    void OnSettled(TrackedRequest request, long nowNs, CheckContext context)
    {
    }

    /// <summary>The history has ended. Every request was settled before.</summary>
    void OnFinished(long endNs, CheckContext context)
    {
    }
}
