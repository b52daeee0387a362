using System.Diagnostics.Metrics;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Diagnostics;

/// <summary>
/// What transports count, on the meter <see cref="MeterName"/>. Each transport tags its counts with <c>transport</c>: the mechanism and
/// its key. A count without a listener costs a few nanoseconds and no memory.
/// </summary>
public sealed class TransportMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.Transport";

    private static readonly Meter s_meter = new(MeterName);
    private static readonly Counter<long> s_sendFull = Create("send_full", "{frame}", "Sends refused because the mailbox was full.");
    private static readonly Counter<long> s_sendGone = Create("send_gone", "{frame}", "Sends refused because the mailbox was not there.");
    private static readonly Counter<long> s_sendRefused = Create("send_refused", "{frame}", "Sends refused by owner or mode of the mailbox.");
    private static readonly Counter<long> s_oversize = Create("oversize", "{frame}", "Frames above the limit, removed unread.");
    private static readonly Counter<long> s_receiverFaults = Create("receiver_faults", "{fault}", "Exceptions thrown by a receiver.");
    private static readonly Counter<long> s_readErrors = Create("read_errors", "{error}", "Reads that failed for another reason than a removed queue.");
    private static readonly Counter<long> s_reopened = Create("reopen", "{queue}", "Queues found anew after they were removed.");
    private static readonly Counter<long> s_ownerMismatch = Create("owner_mismatch", "{attempt}", "Attempts to use a queue of another owner or mode, refused.");

    private static readonly Counter<long> s_peerRejected = Create("peer_rejected", "{connection}", "Connections of users that may not be there.");

    private static readonly Counter<long> s_ringUnblocked = Create("ring_unblocked", "{frame}", "Frames half sent to a ring by a producer that died or stood still, skipped.");
    private static readonly Counter<long> s_ringReset = Create("ring_reset", "{ring}", "Rings found damaged and made anew.");

    private static readonly Counter<long> s_errors = Create("errors", "{error}", "Calls to the kernel that failed, by call and error number; a full queue, EAGAIN, among them.");

    private readonly KeyValuePair<string, object?> _tag;

    static TransportMetrics() => s_meter.CreateObservableCounter(
        "transport.eintr", () => SysMsg.InterruptedCalls, "{call}", "Queue calls interrupted by a signal and made again.");

    /// <summary>Counts for one transport.</summary>
    /// <param name="transport">The mechanism and its key, e.g. <c>sysv:0x4d2</c>.</param>
    /// <remarks>Each count is there from now on, as 0: to whoever looks at rates, one that comes to be with its first event would never have risen.</remarks>
    public TransportMetrics(string transport)
    {
        _tag = new("transport", transport);
        Counter<long>[] counters =
            [s_sendFull, s_sendGone, s_sendRefused, s_oversize, s_receiverFaults, s_readErrors, s_reopened, s_ownerMismatch, s_peerRejected, s_ringUnblocked, s_ringReset];
        foreach (Counter<long> counter in counters)
        {
            counter.Add(0, _tag);
        }
    }

    /// <summary>A call to the kernel has failed.</summary>
    /// <param name="call">Its name.</param>
    /// <param name="error">Why.</param>
    internal static void CallFailed(string call, Errno error)
    {
        if (s_errors.Enabled)
        {
            s_errors.Add(1, new("call", call), new("errno", ErrnoTable.NameOf(error)));
        }
    }

    internal void SendFull() => s_sendFull.Add(1, _tag);

    internal void SendGone() => s_sendGone.Add(1, _tag);

    internal void SendRefused() => s_sendRefused.Add(1, _tag);

    internal void Oversize() => s_oversize.Add(1, _tag);

    internal void ReceiverFault() => s_receiverFaults.Add(1, _tag);

    internal void ReadError() => s_readErrors.Add(1, _tag);

    internal void Reopened() => s_reopened.Add(1, _tag);

    internal void OwnerMismatch() => s_ownerMismatch.Add(1, _tag);

    internal void RingUnblocked() => s_ringUnblocked.Add(1, _tag);

    internal void RingReset() => s_ringReset.Add(1, _tag);

    internal void PeerRejected() => s_peerRejected.Add(1, _tag);

    private static Counter<long> Create(string name, string unit, string description) =>
        s_meter.CreateCounter<long>("transport." + name, unit, description);
}
