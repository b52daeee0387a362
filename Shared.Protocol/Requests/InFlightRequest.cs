using System.Diagnostics;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// A request that has not ended. All fields belong to the lock of its <see cref="RequestClient"/>; whoever takes it out of the
/// table, and nobody else, ends it, once, outside that lock.
/// </summary>
internal abstract class InFlightRequest
{
    /// <summary>The id that its result must carry.</summary>
    public ulong Id { get; set; }

    /// <summary>The user that its result must carry.</summary>
    public int UserId { get; set; }

    /// <summary>Where it was sent to.</summary>
    public Mailbox To { get; set; }

    /// <summary>Its kind, as a label.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>When its asker stops waiting, in nanoseconds of the monotonic clock.</summary>
    public long DeadlineNs { get; set; }

    /// <summary>The way that it takes; null while it is not under way.</summary>
    public RequestLane? Lane { get; set; }

    /// <summary>How many requests had been sent to its mailbox when it was, itself included; tells which of two was sent first.</summary>
    public ulong SendSequence { get; set; }

    /// <summary>What it takes of the window, in bytes; 0 while it takes nothing.</summary>
    public int CreditBytes { get; set; }

    /// <summary>How far it has come.</summary>
    public InFlightState State { get; set; }

    /// <summary>Whether its asker has given up before it was in the table.</summary>
    public bool IsCancelRequested { get; set; }

    /// <summary>The token that the asker may cancel with, and the client's registration there.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The registration with <see cref="CancellationToken"/>.</summary>
    public CancellationTokenRegistration CancellationRegistration { get; set; }

    /// <summary>The client that it belongs to while it is in flight.</summary>
    public RequestClient? Owner { get; set; }

    /// <summary>What has come of a result in parts; null for the usual one.</summary>
    public PartAssembly? Parts { get; set; }

    /// <summary>Its span; null where it is not traced.</summary>
    public Activity? Span { get; set; }

    /// <summary>The next in its bucket of the <see cref="DeadlineWheel"/>.</summary>
    public InFlightRequest? WheelNext { get; set; }

    /// <summary>The one before in its bucket of the <see cref="DeadlineWheel"/>.</summary>
    public InFlightRequest? WheelPrevious { get; set; }

    /// <summary>Its tick in the <see cref="DeadlineWheel"/>.</summary>
    public long WheelTick { get; set; }

    /// <summary>Reads the result that it will end with. The body is not used after this call.</summary>
    /// <returns>How it will end: a body that cannot be read ends it as <see cref="OutcomeKind.Unknown"/>.</returns>
    public abstract OutcomeKind ReadResult(ReadOnlySpan<byte> body);

    /// <summary>Ends it with what <see cref="ReadResult"/> has read. The asker's continuation runs inside this call.</summary>
    public abstract void EndWithResult();

    /// <summary>Ends it without a result. The asker's continuation runs inside this call.</summary>
    public abstract void End(OutcomeKind kind, string code);

    /// <summary>Ends it because its asker has given up.</summary>
    public abstract void EndCancelled();

    /// <summary>Ends its span, if it has one: before its asker goes on, who may end the span that this one is a part of.</summary>
    /// <param name="outcome">How it ends; null where its asker has given up.</param>
    /// <param name="code">Why, where there is a reason.</param>
    /// <param name="result">The result, if it tells what it is of.</param>
    public void EndSpan(OutcomeKind? outcome, string? code, ITracedResult? result = null)
    {
        if (Span is { } span)
        {
            Span = null;
            RequestTracing.EndRequest(span, outcome, code, result);
        }
    }

    /// <summary>Leaves the cancellation token alone from here on; false if its callback may still be running.</summary>
    protected bool Unregister()
    {
        CancellationTokenRegistration registration = CancellationRegistration;
        CancellationRegistration = default;
        return registration == default || registration.Unregister();
    }
}
