namespace Shared.Protocol.Requests;

/// <summary>What a <see cref="RequestServer"/> has counted since its start. Safe on every thread.</summary>
public sealed class RequestServerStatistics
{
    private long _received;
    private long _answered;
    private long _expired;
    private long _dropped;
    private long _malformed;
    private long _unknown;
    private long _failed;
    private long _timedOut;
    private long _late;
    private long _refused;
    private long _batches;
    private long _batched;

    /// <summary>Requests that were read and understood.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Results that were handed to the transport.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Requests that were not run, for their deadline had passed.</summary>
    public long Expired => Volatile.Read(ref _expired);

    /// <summary>Results that never left: expired, or one too many, while there was no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Frames that are no request, or not readable.</summary>
    public long Malformed => Volatile.Read(ref _malformed);

    /// <summary>Requests of a type that nobody handles.</summary>
    public long Unknown => Volatile.Read(ref _unknown);

    /// <summary>Requests whose handler threw.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Requests whose handler did not return, or waited, beyond the time-out; answered with handler_timeout.</summary>
    public long TimedOut => Volatile.Read(ref _timedOut);

    /// <summary>Results that handlers brought after that; dropped.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Requests that were not run, for too many handlers waited.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Frames that had several requests.</summary>
    public long Batches => Volatile.Read(ref _batches);

    /// <summary>Requests that came in those.</summary>
    public long Batched => Volatile.Read(ref _batched);

    internal void CountBatch(int requests)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _batched, requests);
    }

    internal void CountReceived() => Interlocked.Increment(ref _received);

    internal void CountAnswered(int count) => Interlocked.Add(ref _answered, count);

    internal void CountExpired() => Interlocked.Increment(ref _expired);

    internal void CountDropped(long count = 1) => Interlocked.Add(ref _dropped, count);

    internal void CountMalformed() => Interlocked.Increment(ref _malformed);

    internal void CountUnknown() => Interlocked.Increment(ref _unknown);

    internal void CountTimedOut() => Interlocked.Increment(ref _timedOut);

    internal void CountLate() => Interlocked.Increment(ref _late);

    internal void CountRefused() => Interlocked.Increment(ref _refused);

    internal void CountFailed() => Interlocked.Increment(ref _failed);
}
