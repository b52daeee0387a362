namespace Shared.Protocol.Requests;

/// <summary>What a <see cref="RequestClient"/> has counted since its start. Safe on every thread.</summary>
public sealed class RequestClientStatistics
{
    private long _accepted;
    private long _ok;
    private long _errors;
    private long _busy;
    private long _unknown;
    private long _cancelled;
    private long _sendFull;
    private long _late;
    private long _stale;
    private long _wrongUser;
    private long _malformed;

    /// <summary>Requests that were asked for.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Requests that ended Ok.</summary>
    public long Ok => Volatile.Read(ref _ok);

    /// <summary>Requests that ended as an error.</summary>
    public long Errors => Volatile.Read(ref _errors);

    /// <summary>Requests that ended busy.</summary>
    public long Busy => Volatile.Read(ref _busy);

    /// <summary>Requests that ended unknown.</summary>
    public long Unknown => Volatile.Read(ref _unknown);

    /// <summary>Requests whose asker gave up.</summary>
    public long Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>How often the mailbox was full although there was credit.</summary>
    public long SendFull => Volatile.Read(ref _sendFull);

    /// <summary>Results for a request of this generation that has ended already: late ones and duplicates.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Results for another generation: what a predecessor of this process had asked.</summary>
    public long Stale => Volatile.Read(ref _stale);

    /// <summary>Results that name the right request and the wrong user. Nobody gets them.</summary>
    public long WrongUser => Volatile.Read(ref _wrongUser);

    /// <summary>Frames that are no result, or not readable.</summary>
    public long Malformed => Volatile.Read(ref _malformed);

    internal void CountAccepted() => Interlocked.Increment(ref _accepted);

    internal void CountCancelled() => Interlocked.Increment(ref _cancelled);

    internal void CountSendFull() => Interlocked.Increment(ref _sendFull);

    internal void CountLate() => Interlocked.Increment(ref _late);

    internal void CountStale() => Interlocked.Increment(ref _stale);

    internal void CountWrongUser() => Interlocked.Increment(ref _wrongUser);

    internal void CountMalformed() => Interlocked.Increment(ref _malformed);

    internal void CountOutcome(OutcomeKind kind)
    {
        switch (kind)
        {
            case OutcomeKind.Ok:
                Interlocked.Increment(ref _ok);
                break;
            case OutcomeKind.Error:
                Interlocked.Increment(ref _errors);
                break;
            case OutcomeKind.Busy:
                Interlocked.Increment(ref _busy);
                break;
            default:
                Interlocked.Increment(ref _unknown);
                break;
        }
    }
}
