using System.IO.Pipelines;

namespace ChatD.Tests.Support;

/// <summary>A pipe's reading side that counts how often what was read was given back.</summary>
internal sealed class CountingReader(PipeReader inner) : PipeReader
{
    private int _returns;

    /// <summary>How often it was: once all whole frames of a read are dealt with.</summary>
    public int Returns => Volatile.Read(ref _returns);

    public override void AdvanceTo(SequencePosition consumed)
    {
        _ = Interlocked.Increment(ref _returns);
        inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _ = Interlocked.Increment(ref _returns);
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);
}
