using System.Threading.Tasks.Sources;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Requests;

/// <summary>
/// A request in flight whose result is a <typeparamref name="T"/>: the source of the asker's <see cref="ValueTask{TResult}"/>.
/// Pooled: it goes back when the asker has taken the outcome, so that a request allocates nothing but its result.
/// </summary>
internal sealed class InFlightRequest<T> : InFlightRequest, IValueTaskSource<Outcome<T>>
    where T : IWireMessage<T>
{
    // Continuations run on the thread that ends the request, whatever context the asker has: a hand-over to another one costs more than all
    // else together.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = false };
    private Outcome<T> _outcome;
    private bool _isReusable;

    /// <summary>What the asker awaits. To be awaited once.</summary>
    public ValueTask<Outcome<T>> Task => new(this, _core.Version);

    /// <summary>Takes one from the pool, or makes one.</summary>
    public static InFlightRequest<T> Rent() => InFlightPool<InFlightRequest<T>>.TryTake() ?? new InFlightRequest<T>();

    /// <summary>Gives one back that was never awaited and never in the table.</summary>
    public void Abandon()
    {
        _isReusable = Unregister();
        Recycle();
    }

    /// <inheritdoc/>
    public override OutcomeKind ReadResult(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new MessagePackReader(body);
            ResultBody<T> result = ResultBody<T>.Read(ref reader);
            _outcome = new Outcome<T>
            {
                Kind = result.Status switch
                {
                    ResultStatus.Ok => OutcomeKind.Ok,
                    ResultStatus.Error => OutcomeKind.Error,
                    _ => OutcomeKind.Busy,
                },
                Result = result.Message,
                HasResult = result.HasMessage,
                Code = result.Code,
                RequestId = Id,
            };
        }
#pragma warning disable CA1031 // It is in no table any more: whatever its message's code throws, this is the only end that it will get.
        catch (Exception)
#pragma warning restore CA1031
        {
            // It was ours and it was answered, but nobody can tell with what.
            _outcome = new Outcome<T> { Kind = OutcomeKind.Unknown, Code = OutcomeCodes.MalformedResult, RequestId = Id };
        }

        return _outcome.Kind;
    }

    /// <inheritdoc/>
    public override void EndWithResult()
    {
        _isReusable = Unregister();
        if (Span is not null)
        {
            // Only where it is traced: it takes a box.
            EndSpan(_outcome.Kind, _outcome.Code, _outcome.HasResult ? _outcome.Result as ITracedResult : null);
        }

        _core.SetResult(true);
    }

    /// <inheritdoc/>
    public override void End(OutcomeKind kind, string code)
    {
        _isReusable = Unregister();
        EndSpan(kind, code);
        _outcome = new Outcome<T> { Kind = kind, Code = code, RequestId = Id };
        _core.SetResult(true);
    }

    /// <inheritdoc/>
    public override void EndCancelled()
    {
        _isReusable = false;
        EndSpan(outcome: null, code: null);
        _core.SetException(new OperationCanceledException(CancellationToken));
    }

    Outcome<T> IValueTaskSource<Outcome<T>>.GetResult(short token)
    {
        // A wrong token means that the outcome was taken before: that must throw and must not touch the next user's state.
        _ = _core.GetResult(token);
        Outcome<T> outcome = _outcome;
        Recycle();
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<Outcome<T>>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<Outcome<T>>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);

    private void Recycle()
    {
        // A cancellation callback that may still run would cancel the next user of this object: then it is left to the collector.
        if (!_isReusable)
        {
            return;
        }

        _isReusable = false;
        _core.Reset();
        _outcome = default;
        Owner = null;
        CancellationToken = default;
        IsCancelRequested = false;
        InFlightPool<InFlightRequest<T>>.Return(this);
    }
}
