using System.Diagnostics;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <content>The watchdog: handlers that do not return, and handlers that wait too long.</content>
public sealed partial class RequestServer
{
    // How often it looks within a time-out. A handler is given up when as many looks have found it, so that a time in which the whole process
    // stood still, and no look was taken either, counts as one step at most.
    private const int LooksPerTimeout = 4;

    // A timer that fires a little early or late must not cost a whole look more.
    private long JitterNs => _handlerTimeoutNs / (4 * LooksPerTimeout);

    private InlineCall? _watched;
    private long _watchedNumber;
    private long _watchedSinceNs;
    private int _looks;
    private int _isLooking;
    private int _stuckThreads;

    /// <summary>
    /// Has the mailbox read, with the watchdog's eye on the handlers: one that does not return within
    /// <see cref="RequestServerOptions.HandlerTimeoutMs"/> (and a quarter of it at most) is answered with the error handler_timeout, and another thread
    /// reads on. To be called once, when all handlers are registered.
    /// </summary>
    public void StartReading(Mailbox mailbox)
    {
        _mailbox = mailbox;
        TimeSpan look = TimeSpan.FromMilliseconds((double)_options.HandlerTimeoutMs / LooksPerTimeout);
        _watch.Change(look, look);
        _transport.StartReading(mailbox, this);
    }

    /// <summary>Sees whether the mailbox can be sent to and is read by this server. Null when it is; else what is wrong.</summary>
    internal ValueTask<string?> FindMailboxFaultAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _probe.FindFaultAsync(_mailbox, limit, cancellationToken);

    private void Watch()
    {
        // A look that takes long, for the thread was not given a processor, is not overtaken by the next.
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            WatchInline();
            GiveUpWaiting();
        }
        catch (ObjectDisposedException) when (Volatile.Read(ref _isDisposed))
        {
            // This look was under way when the server was disposed, and the transport after it; a timer's thread has nobody to throw to.
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private void WatchInline()
    {
        InlineCall call = Volatile.Read(ref _inline);
        long running = call.Running;
        long nowNs = _clock.NowNs;
        if (running <= 0 || running != _watchedNumber || call != _watched)
        {
            _watched = call;
            _watchedNumber = running;
            _watchedSinceNs = nowNs;
            _looks = 0;
            return;
        }

        if (++_looks >= LooksPerTimeout && nowNs - _watchedSinceNs >= _handlerTimeoutNs - JitterNs && call.TryAbandon(running, out Envelope envelope))
        {
            Abandon(call, envelope);
        }
    }

    /// <summary>Answers for a handler that does not return, and has another thread read on. The answer goes first, so that it stays in order.</summary>
    private void Abandon(InlineCall call, in Envelope envelope)
    {
        Statistics.CountTimedOut();
        int stuck = Interlocked.Increment(ref _stuckThreads);
        RequestsLog.HandlerStuck(_logger, call.TypeNumber, _options.HandlerTimeoutMs, stuck);
        try
        {
            FlushReplies(call);
            Send(envelope, ResultBody<NoMessage>.Error(OutcomeCodes.HandlerTimeout));
            var next = new InlineCall();
            RefuseRest(call, next.Scratch);
            Volatile.Write(ref _inline, next);
            if (stuck <= _options.MaxStuckThreads)
            {
                _transport.ReplaceReader(_mailbox);
                return;
            }
        }
        finally
        {
            call.HandOver();
        }

        ReportHanging($"{stuck} handlers have not returned and hold a thread each; only a new process is rid of them. The log names their requests (event 1102).");
    }

    private void GiveUpWaiting()
    {
        int count = 0;
        int typeNumber = 0;
        long nowNs = _clock.NowNs;
        while (_waiting.TryGiveUp(nowNs) is { } call)
        {
            count++;
            typeNumber = call.TypeNumber;
            Statistics.CountTimedOut();
            Send(call.Envelope, ResultBody<NoMessage>.Error(OutcomeCodes.HandlerTimeout));
        }

        if (count == 0)
        {
            return;
        }

        RequestsLog.HandlersWaitTooLong(_logger, count, typeNumber, _options.HandlerTimeoutMs, _waiting.GivenUpCount);
        if (_waiting.GivenUpCount >= _options.MaxWaiting)
        {
            ReportHanging($"{_waiting.GivenUpCount} handlers that waited too long do not end; only a new process is rid of them.");
        }
    }

    private void ReportHanging(string reason)
    {
        var fault = new TimeoutException(reason);
        RequestsLog.TooManyStuck(_logger, fault);
        _fail?.Invoke(fault);
    }

    /// <summary>The thread of a request that was given up comes back after all: it is let go, and what it brings is dropped.</summary>
    private void ReturnLate<TResult>(InlineCall call, ValueTask<ResultBody<TResult>> task, Activity? span)
        where TResult : IWireMessage<TResult>
    {
        call.AwaitHandOver();
        Interlocked.Decrement(ref _stuckThreads);
        _ = DropAsync(task, call.TypeNumber, span);
    }

    private async Task DropAsync<TResult>(ValueTask<ResultBody<TResult>> task, int typeNumber, Activity? span)
        where TResult : IWireMessage<TResult>
    {
        Exception? failure = null;
        try
        {
            _ = await task;
        }
#pragma warning disable CA1031 // As in Run: it is a user's code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        Statistics.CountLate();
        RequestsLog.HandlerReturnedLate(_logger, typeNumber, failure);
        if (span is not null)
        {
            // As long as it really took.
            RequestTracing.EndHandle(span, default(ResultBody<TResult>), isLate: true);
        }
    }
}
