using System.Runtime.InteropServices;
using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>What one session asks is executed in the order in which it asked, and what was done is answered in that order.</summary>
public sealed class OrderOfSender : IInvariant
{
    private readonly Dictionary<(ulong ChatGeneration, int UserId), Last> _sessions = [];

    /// <inheritdoc/>
    public string Name => "4 order of one sender";

    /// <inheritdoc/>
    public void OnExecuted(Executed record, TrackedRequest? request, CheckContext context)
    {
        if (request is null)
        {
            return;
        }

        ref Last last = ref LastOf(request);
        if (request.Sequence < last.Executed)
        {
            context.Report(this, record.AtNs, $"Executed after a later request of its session: {request}");
        }

        last.Executed = Math.Max(last.Executed, request.Sequence);
    }

    /// <inheritdoc/>
    public void OnEnded(Ended record, TrackedRequest? request, CheckContext context)
    {
        if (request is null || record.Kind != EndKind.Ok)
        {
            return;
        }

        ref Last last = ref LastOf(request);
        if (request.Sequence < last.Answered)
        {
            context.Report(this, record.AtNs, $"Answered after a later request of its session: {request}");
        }

        last.Answered = Math.Max(last.Answered, request.Sequence);
    }

    /// <inheritdoc/>
    public void OnSettled(TrackedRequest request, long nowNs, CheckContext context)
    {
        // Requests are settled in the order in which they were asked: a session that has asked nothing since is done.
        (ulong, int) key = (request.ChatGeneration, request.UserId);
        if (_sessions.TryGetValue(key, out Last last) && Math.Max(last.Executed, last.Answered) <= request.Sequence)
        {
            _sessions.Remove(key);
        }
    }

    private ref Last LastOf(TrackedRequest request) =>
        ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, (request.ChatGeneration, request.UserId), out _);

    private struct Last
    {
        public long Executed;
        public long Answered;
    }
}
