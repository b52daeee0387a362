using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Requests;

/// <summary>
/// Answers the requests of one mailbox, each with exactly one result, and skips those that have expired.
/// <list type="bullet">
/// <item>Order: handlers are called in the order of arrival, one at a time; one that waits lets the next begin.</item>
/// <item>Full: results for which there is no room wait here, by mailbox, bounded for each and in sum (one mailbox may keep as much as it leaves free); reading goes
/// on meanwhile, always.</item>
/// <item>Failure: a handler that throws answers <c>Error(internal)</c>; one that does not return, or waits, beyond the time-out is answered for with
/// <c>Error(handler_timeout)</c>, and what it brings later is dropped. Handlers that wait are bounded in number; beyond it, <c>Busy(overloaded)</c>.</item>
/// </list>
/// Reads its mailbox from <see cref="StartReading"/> on. Does not own the transport.
/// </summary>
public sealed partial class RequestServer : IFrameReceiver, IDisposable
{
    [ThreadStatic]
    private static PooledBuffer? t_frame;

    // Where the results that this thread makes are collected, while it runs the requests of a batch.
    [ThreadStatic]
    private static ReplyBatch? t_replies;

    private readonly ITransport _transport;
    private readonly FrameCodec _codec;
    private readonly RequestServerOptions _options;
    private readonly MonotonicClock _clock;
    private readonly ILogger _logger;
    private readonly ReplyOutboxes _outbox;
    private readonly Dictionary<int, RequestRoute> _routes = [];
    private readonly WaitingCalls _waiting;
    private readonly Action<Exception>? _fail;
    private readonly long _handlerTimeoutNs;
    private readonly ITimer _watch;
    private readonly MailboxProbe _probe;
    private Mailbox _mailbox;

    // What the thread that reads at present runs.
    private InlineCall _inline = new();
    private bool _isDisposed;

    /// <summary>Makes a server without handlers.</summary>
    /// <param name="transport">Carries the frames. Not owned.</param>
    /// <param name="codec">The wire.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="logger">Takes what an operator should know.</param>
    /// <param name="fail">
    /// Is told when more handlers hang than can be borne, once or more; called on the timer's thread. Null leaves it at the log.
    /// </param>
    public RequestServer(
        ITransport transport,
        FrameCodec codec,
        RequestServerOptions options,
        TimeProvider time,
        ILogger<RequestServer> logger,
        Action<Exception>? fail = null)
    {
        ServedMetrics.Publish();
        _transport = transport;
        _codec = codec;
        _options = options;
        _clock = new MonotonicClock(time);
        _logger = logger;
        _fail = fail;
        _handlerTimeoutNs = options.HandlerTimeoutMs * 1_000_000L;
        _waiting = new WaitingCalls(options.MaxWaiting);
        _outbox = new ReplyOutboxes(transport, options, Statistics, time);
        _probe = new MailboxProbe(transport, time);
        _watch = time.CreateTimer(static state => ((RequestServer)state!).Watch(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What was counted so far.</summary>
    public RequestServerStatistics Statistics { get; } = new();

    /// <summary>How many requests are not answered yet: their handlers run or wait, or their results wait for room.</summary>
    public int UnansweredCount => (Volatile.Read(ref _inline).IsBusy ? 1 : 0) + _waiting.OpenCount + _outbox.PendingCount;

    /// <summary>Registers the handler of one kind of request. To be called before the mailbox is read.</summary>
    /// <exception cref="ArgumentException">That kind has a handler already.</exception>
    public void Handle<TRequest, TResult>(RequestHandler<TRequest, TResult> handler)
        where TRequest : IWireMessage<TRequest>
        where TResult : IWireMessage<TResult> =>
        _routes.Add(
            TRequest.TypeNumber,
            new RequestRoute((RequestRoute route, InlineCall call, in Envelope envelope, ReadOnlySpan<byte> body) =>
            {
                var reader = new MessagePackReader(body);
                Run(route, call, envelope, TRequest.Read(ref reader), handler);
            }));

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty && _probe.TryTake())
        {
            return;
        }

        if (_codec.CarriesSessions && BatchFormat.TryBegin(frame, out ReadOnlySpan<byte> frames, out int count))
        {
            Volatile.Write(ref _isBusy, count > 1);
            OnBatch(frames, count);
        }
        else
        {
            Volatile.Write(ref _isBusy, false);
            OnRequest(Volatile.Read(ref _inline), frame, nowNs: 0);
        }
    }

    // The time is read where it is needed, unless the caller knows it.
    private void OnRequest(InlineCall call, ReadOnlySpan<byte> frame, long nowNs)
    {
        FrameFault fault = _codec.TryRead(frame, call.Scratch, MessageKind.Request, out Envelope envelope, out ReadOnlySpan<byte> body);
        if (fault != FrameFault.None
            || envelope.Kind != MessageKind.Request
            || envelope.Part is not null
            || !Mailbox.TryFromMType(envelope.ReplyMailbox, out Mailbox replyTo)
            || replyTo.Kind != MailboxKind.Result)
        {
            Statistics.CountMalformed();
            return;
        }

        Statistics.CountReceived();

        // Whoever has sent a batch takes them. Results for others leave by themselves.
        t_replies?.Open(replyTo);
        if (envelope.DeadlineNs != 0 && (nowNs != 0 ? nowNs : _clock.NowNs) >= envelope.DeadlineNs)
        {
            // Its asker has been told "unknown" already; to run it now would be the second worst thing after a misdelivery.
            Statistics.CountExpired();
            return;
        }

        call.IsBusy = true;
        try
        {
            var reader = new MessagePackReader(body);
            int typeNumber = reader.ReadArrayHeader() > 0 ? reader.ReadInt32() : 0;
            if (_routes.TryGetValue(typeNumber, out RequestRoute? route))
            {
                if (route.MayWait && _waiting.IsFull)
                {
                    Statistics.CountRefused();
                    Send(envelope, ResultBody<NoMessage>.Busy(OutcomeCodes.Overloaded));
                }
                else
                {
                    route.Run(call, envelope, body);
                }
            }
            else
            {
                Statistics.CountUnknown();
                Send(envelope, ResultBody<NoMessage>.Error(OutcomeCodes.UnknownRequest));
            }
        }
        catch (MessagePackSerializationException exception)
        {
            // The envelope was sound, so the asker can be told.
            Statistics.CountMalformed();
            RequestsLog.MalformedRequest(_logger, replyTo, exception.Message);
            Send(envelope, ResultBody<NoMessage>.Error(OutcomeCodes.MalformedRequest));
        }
        finally
        {
            call.IsBusy = false;
        }
    }

    /// <inheritdoc/>
    public void OnReset()
    {
        // Requests that were under way are gone; their askers know it by the same sign.
    }

    /// <summary>Sends what can be sent at once and drops the rest, counted.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _watch.Dispose();
        _outbox.Flush();
        _outbox.Dispose();
    }

    private void Run<TRequest, TResult>(
        RequestRoute route, InlineCall call, in Envelope envelope, TRequest request, RequestHandler<TRequest, TResult> handler)
        where TRequest : IWireMessage<TRequest>
        where TResult : IWireMessage<TResult>
    {
        _ = Mailbox.TryFromMType(envelope.ReplyMailbox, out Mailbox replyTo);
        var context = new RequestContext(replyTo, envelope.Generation, envelope.UserId, envelope.DeadlineNs, envelope.Trace);
        ValueTask<ResultBody<TResult>> task;
        Activity? span = envelope.Trace is { IsSampled: true } trace
            ? RequestTracing.BeginHandle(trace, RequestName<TRequest>.Value, _mailbox, envelope)
            : null;
        call.Begin(envelope, TRequest.TypeNumber);
        try
        {
            task = span is null ? handler(context, request) : RunTracedAsync(span, handler, context, request);
        }
#pragma warning disable CA1031 // A handler is a user's code: whatever it throws is its failure, and the mailbox must be read on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            task = ValueTask.FromException<ResultBody<TResult>>(exception);
        }

        if (!call.TryEnd())
        {
            ReturnLate(call, task, span);
        }
        else if (task.IsCompletedSuccessfully)
        {
#pragma warning disable VSTHRD002 // It has completed: taking its result does not wait.
            ResultBody<TResult> body = task.Result;
#pragma warning restore VSTHRD002
            Send(envelope, body);
            if (span is not null)
            {
                RequestTracing.EndHandle(span, body, isLate: false);
            }
        }
        else
        {
            WaitingCall? waiting = null;
            if (!task.IsCompleted)
            {
                route.MayWait = true;
                waiting = new WaitingCall(envelope, TRequest.TypeNumber, _clock.NowNs + _handlerTimeoutNs);
                _waiting.Add(waiting);
            }

            _ = FinishAsync(envelope, waiting, task, span);
        }
    }

    /// <summary>Runs a handler with its span as the current one: what it logs has the trace's id, and what it does elsewhere is part of the trace.</summary>
    private static ValueTask<ResultBody<TResult>> RunTracedAsync<TRequest, TResult>(
        Activity span, RequestHandler<TRequest, TResult> handler, RequestContext context, TRequest request)
        where TRequest : IWireMessage<TRequest>
        where TResult : IWireMessage<TResult>
    {
        Activity? before = Activity.Current;
        Activity.Current = span;
        try
        {
            return handler(context, request);
        }
        finally
        {
            // This thread goes on to the next request, whoever's that is.
            Activity.Current = before;
        }
    }

    private async Task FinishAsync<TResult>(Envelope envelope, WaitingCall? waiting, ValueTask<ResultBody<TResult>> task, Activity? span)
        where TResult : IWireMessage<TResult>
    {
        if (span is not null)
        {
            // For what is logged here; undone where this method first waits, for whoever called it.
            Activity.Current = span;
        }

        ResultBody<TResult> reply;
        try
        {
            reply = await task;
        }
#pragma warning disable CA1031 // As in Run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            reply = Fail<TResult>(exception);
        }

        bool isLate = waiting is not null && !_waiting.TryEnd(waiting);
        if (isLate)
        {
            // Its asker was told long ago.
            Statistics.CountLate();
        }
        else
        {
            Send(envelope, reply);
        }

        if (span is not null)
        {
            RequestTracing.EndHandle(span, reply, isLate);
        }
    }

    private ResultBody<TResult> Fail<TResult>(Exception exception)
        where TResult : IWireMessage<TResult>
    {
        Statistics.CountFailed();
        RequestsLog.HandlerFailed(_logger, typeof(TResult).Name, exception);
        return ResultBody<TResult>.Error(OutcomeCodes.Internal);
    }
}
