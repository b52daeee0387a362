using System.Diagnostics;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Requests;

/// <summary>
/// Sends requests and gives each exactly one <see cref="Outcome{T}"/>, within its deadline plus a tick of 10 ms, and the millisecond that timers count in.
/// <list type="bullet">
/// <item>Matching: a result ends the request whose id, generation and user it names, all three; anything else is counted and dropped.</item>
/// <item>Order: requests of one caller for one user to one mailbox are sent in the order of its calls.</item>
/// <item>Full: what has no credit waits here, bounded, and leaves in turn by user, so that one user's flood does not hold up another; beyond its share of
/// the bound a user's outcome is Busy, at once. Each mailbox has its share too: one whose reader stands still holds up nobody who asks another.</item>
/// <item>Threads: every member may be called from any thread. An outcome is completed inline on the thread that brought it (the reading
/// thread for a result, the timer's for a deadline), so a continuation must not wait.</item>
/// </list>
/// Reads its own mailbox as the <see cref="IFrameReceiver"/> that its owner hands to <see cref="ITransport.StartReading"/>. Does not own the transport.
/// </summary>
public sealed partial class RequestClient : IFrameReceiver, IDisposable
{
    private const int TicksPerDepthCheck = 5;

    [ThreadStatic]
    private static PooledBuffer? t_frame;

    // A frame's own: two threads may bring results, one for each way that they take.
    [ThreadStatic]
    private static PooledBuffer? t_scratch;

    private readonly ITransport _transport;
    private readonly FrameCodec _codec;
    private readonly RequestClientOptions _options;
    private readonly Mailbox _replyTo;
    private readonly TimeProvider _time;
    private readonly MonotonicClock _clock;
    private readonly ITimer _timer;
    private readonly MailboxProbe _probe;

    // Guards everything below. Never held over a system call or a continuation.
    private readonly Lock _gate = new();
    private readonly InFlightTable _table;
    private readonly DeadlineWheel _wheel;
    private readonly RequestLanes _lanes;
    private InFlightRequest? _onlySent;
    private long _quarantineEndsNs;
    private bool _isStartQuarantine;
    private bool _hasSeenPredecessor;
    private bool _isStopped;
    private long _wakeNs = long.MaxValue;
    private bool _isTicking;
    private int _ticksSinceDepthCheck;

    /// <summary>Makes a client. It sends nothing by itself.</summary>
    /// <param name="transport">Carries the frames. Not owned.</param>
    /// <param name="codec">The wire.</param>
    /// <param name="replyTo">The mailbox whose reader this client is.</param>
    /// <param name="generation">The random number of this process, not 0.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">Where the time comes from.</param>
    public RequestClient(
        ITransport transport, FrameCodec codec, Mailbox replyTo, ulong generation, RequestClientOptions options, TimeProvider time)
        : this(transport, codec, replyTo, generation, options, time, firstUse: codec.CarriesGeneration ? 0 : generation >> 1)
    {
    }

    internal RequestClient(
        ITransport transport,
        FrameCodec codec,
        Mailbox replyTo,
        ulong generation,
        RequestClientOptions options,
        TimeProvider time,
        ulong firstUse)
    {
        ArgumentOutOfRangeException.ThrowIfZero(generation);
        RequestMetrics.Publish();
        _transport = transport;
        _codec = codec;
        _options = options;
        _replyTo = replyTo;
        Generation = generation;
        _time = time;
        _clock = new MonotonicClock(time);

        // Where the ids of the wire are small, few slots leave more of the id to tell one use from the next.
        bool hasSmallIds = codec.MaxRequestId is > 0 and <= int.MaxValue;
        _table = new InFlightTable(
            hasSmallIds ? Math.Min(options.MaxInFlight, 4096) : options.MaxInFlight,
            codec.MaxRequestId == 0 ? ulong.MaxValue : codec.MaxRequestId,
            firstUse);
        _wheel = new DeadlineWheel(_clock.NowNs);
        _lanes = new RequestLanes(options, codec.MaxInFlight);
        if (options.StartsInQuarantine && codec.MaxRequestId == 0)
        {
            _isStartQuarantine = true;
            _quarantineEndsNs = _clock.NowNs + (options.QuarantineMs * NsPerMs);
        }

        _probe = new MailboxProbe(transport, time);
        _timer = time.CreateTimer(static state => ((RequestClient)state!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The random number of this process.</summary>
    public ulong Generation { get; }

    /// <summary>What was counted so far.</summary>
    public RequestClientStatistics Statistics { get; } = new();

    /// <summary>How many requests have not ended.</summary>
    public int InFlightCount
    {
        get
        {
            lock (_gate)
            {
                return _table.Count;
            }
        }
    }

    /// <summary>What of the window and the local buffer is in use.</summary>
    internal RequestUsage Usage
    {
        get
        {
            lock (_gate)
            {
                return new RequestUsage(
                    _options.WindowBytes,
                    _lanes.All.Sum(static lane => lane.Credits.UsedBytes),
                    _lanes.All.Sum(static lane => lane.Credits.OwedBytes),
                    _lanes.PendingCount);
            }
        }
    }

    /// <summary>
    /// Asks for something. The outcome is never silent and never two.
    /// </summary>
    /// <param name="to">The mailbox of the daemon that answers.</param>
    /// <param name="userId">The session on whose behalf this is; 0 for this daemon itself.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Gives up: frees the request at once; a result that comes later goes nowhere.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentException">The request cannot be written, for example for an unpaired surrogate.</exception>
    /// <remarks>A request that this wire cannot carry, such as a line that is too long for a C program, ends as the error too_large.</remarks>
    public ValueTask<Outcome<TResult>> SendAsync<TRequest, TResult>(
        Mailbox to, int userId, in TRequest request, CancellationToken cancellationToken = default)
        where TRequest : IWireMessage<TRequest>
        where TResult : IWireMessage<TResult> =>
        SendAsync<TRequest, TResult>(to, userId, request, parent: null, waited: default, cancellationToken);

    /// <summary>
    /// Asks as a part of a span, for something that may have waited elsewhere before: that time counts as part of the time-out. Otherwise as
    /// <see cref="SendAsync{TRequest, TResult}(Mailbox, int, in TRequest, CancellationToken)"/>.
    /// </summary>
    /// <param name="to">The mailbox of the daemon that answers.</param>
    /// <param name="userId">The session on whose behalf this is; 0 for this daemon itself.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="parent">The span; null for none, and then it costs nothing. It is never taken from <see cref="Activity.Current"/>.</param>
    /// <param name="waited">How much of its time is over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<Outcome<TResult>> SendAsync<TRequest, TResult>(
        Mailbox to, int userId, in TRequest request, Activity? parent, TimeSpan waited, CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TResult : IWireMessage<TResult>
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Outcome<TResult>>(cancellationToken);
        }

        Statistics.CountAccepted();
        if (!_codec.CarriesSessions && !_codec.CanCarry(request))
        {
            Statistics.CountOutcome(OutcomeKind.Error);
            return new ValueTask<Outcome<TResult>>(new Outcome<TResult> { Kind = OutcomeKind.Error, Code = OutcomeCodes.TooLarge });
        }

        InFlightRequest<TResult> entry = InFlightRequest<TResult>.Rent();
        entry.Owner = this;
        entry.Name = RequestName<TRequest>.Value;
        entry.UserId = userId;
        entry.To = to;
        entry.DeadlineNs = _clock.FromTimestamp(Timestamp) + (_options.TimeoutMs * NsPerMs) - (waited.Ticks * TimeSpan.NanosecondsPerTick);
        Activity? span = parent is null ? null : RequestTracing.BeginRequest(parent, entry.Name, to, userId);
        entry.Span = span;
        if (cancellationToken.CanBeCanceled)
        {
            entry.CancellationToken = cancellationToken;
            entry.CancellationRegistration = cancellationToken.UnsafeRegister(
                static state => ((InFlightRequest)state!).Owner?.Cancel((InFlightRequest)state), entry);
        }

        if (!TryBegin(entry, out string? refusal))
        {
            return RefuseAsync(entry, OutcomeKind.Busy, refusal);
        }

        // From here on the entry may be ended by another thread at any time: its task is taken first.
        ValueTask<Outcome<TResult>> task = entry.Task;
        PooledBuffer frame = t_frame ??= new PooledBuffer();
        frame.Clear();
        ulong id = entry.Id;
        _ = span?.SetTag(SpanTags.MessageId, id);
        try
        {
            _codec.WriteFrame(
                new Envelope
                {
                    Kind = MessageKind.Request,
                    RequestId = id,
                    Generation = Generation,
                    ReplyMailbox = _replyTo.MType,
                    UserId = userId,
                    DeadlineNs = entry.DeadlineNs,
                    Trace = parent is null ? null : Spans.ContextOf(span ?? parent),
                },
                request,
                frame);
        }
        catch
        {
            // Misuse, such as a string that is no Unicode text: the caller is told by the exception, and keeps no place.
            TakeOut(entry, id, out _)?.EndSpan(OutcomeKind.Error, OutcomeCodes.Internal);
            throw;
        }

        Dispatch(entry, id, to, frame.WrittenSpan);
        return task;
    }

    /// <summary>
    /// Refuses further requests to a mailbox as Busy(<see cref="OutcomeCodes.PeerDown"/>), until <see cref="Open"/>: its reader takes its leave. Those that are
    /// sent already, or wait here, go on. When <see cref="CountTo"/> is 0 afterwards, nothing more comes to that mailbox from here.
    /// </summary>
    public void Close(Mailbox to)
    {
        lock (_gate)
        {
            _lanes.Of(to).IsClosed = true;
        }
    }

    /// <summary>Takes requests to a mailbox again.</summary>
    public void Open(Mailbox to)
    {
        lock (_gate)
        {
            _lanes.Of(to).IsClosed = false;
        }
    }

    /// <summary>How many requests to a mailbox have not ended. Looks at all of them.</summary>
    public int CountTo(Mailbox to)
    {
        lock (_gate)
        {
            return _table.CountTo(to);
        }
    }

    /// <summary>
    /// Ends every request to a mailbox, because its reader is gone: what was sent as Unknown, what waits here as Busy.
    /// </summary>
    /// <param name="to">The mailbox; null for all.</param>
    /// <param name="unknownCode">Why the sent ones ended.</param>
    /// <param name="busyCode">Why the waiting ones ended; null leaves them waiting.</param>
    public void EndAll(Mailbox? to, string unknownCode, string? busyCode)
    {
        (InFlightRequest Entry, ulong Id)[] requests;
        lock (_gate)
        {
            requests = _table.Select(to);
        }

        foreach ((InFlightRequest entry, ulong id) in requests)
        {
            EndEarly(entry, id, unknownCode, busyCode);
        }

        Flush();
    }

    /// <summary>Refuses all further requests and ends those that are left.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
        }

        EndAll(to: null, OutcomeCodes.Stopping, OutcomeCodes.Stopping);
        _timer.Dispose();
        lock (_gate)
        {
            foreach (RequestLane lane in _lanes.All)
            {
                // A thread that is sending the first of them right now still reads it; it stops behind that one.
                if (!lane.IsFlushing)
                {
                    lane.Pending.Clear();
                }
            }
        }
    }
}
