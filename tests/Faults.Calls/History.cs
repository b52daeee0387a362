using System.Diagnostics;
using Faults.Checker;
using Faults.Checker.History;
using Shared.Protocol.Requests;

namespace Faults.Calls;

/// <summary>What is asked, executed and ended in a run, judged as it comes. For any threads.</summary>
internal sealed class History
{
    // A machine that is busy with other things may stand still for long; how late an outcome is, is judged in virtual time elsewhere.
    private const long SlackNs = 60_000_000_000;

    private readonly Lock _gate = new();
    private readonly HistoryChecker _checker;
    private readonly ulong _chat;
    private readonly ulong _channel;
    private long _last;
    private long _ok;

    internal History(int timeoutMs, ulong chat, ulong channel)
    {
        _checker = new HistoryChecker(new CheckerOptions { DeadlineNs = timeoutMs * 1_000_000L, SlackNs = SlackNs, RememberNs = SlackNs, RecoveryNs = SlackNs });
        (_chat, _channel) = (chat, channel);
        Add(new ProcessChanged(NowNs, DaemonKind.Chat, 0, chat, ProcessChange.Started));
        Add(new ProcessChanged(NowNs, DaemonKind.Channel, 0, channel, ProcessChange.Started));
    }

    /// <summary>The number of the latest request.</summary>
    internal long Asked => Volatile.Read(ref _last);

    /// <summary>The number of the latest request that ended Ok.</summary>
    internal long LastOk => Volatile.Read(ref _ok);

    private static long NowNs => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    /// <summary>A session asks; returns the request's number and line.</summary>
    internal (long Number, string Line) Ask(int userId)
    {
        lock (_gate)
        {
            long number = ++_last;
            string line = "/find " + Secret.Of(number);
            _checker.Add(new Asked(NowNs, number, 0, _chat, userId, line));
            return (number, line);
        }
    }

    internal void Execute(RequestContext context, string line) =>
        Add(new Executed(NowNs, _channel, context.ReplyTo.Instance, context.Generation, 0, context.UserId, line));

    internal void End(long number, int userId, OutcomeKind kind, string? code, string? text)
    {
        EndKind end = kind switch
        {
            OutcomeKind.Ok => EndKind.Ok,
            OutcomeKind.Error => EndKind.Error,
            OutcomeKind.Busy => EndKind.Busy,
            _ => EndKind.Unknown,
        };
        Add(new Ended(NowNs, number, _chat, userId, end, code, text));
        if (end == EndKind.Ok)
        {
            lock (_gate)
            {
                _ok = Math.Max(_ok, number);
            }
        }
    }

    internal void Rest(string where, long count, long bytes) => Add(new DepthSampled(NowNs, where, count, bytes, IsAtRest: true));

    internal CheckerReport Finish()
    {
        lock (_gate)
        {
            return _checker.Finish(NowNs + (2 * SlackNs));
        }
    }

    private void Add(HistoryRecord record)
    {
        lock (_gate)
        {
            // The time was read before the lock was had.
            _checker.Add(record with { AtNs = NowNs });
        }
    }
}
