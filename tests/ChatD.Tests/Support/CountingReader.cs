using System.IO.Pipelines;

namespace ChatD.Tests.Support;

/// <summary>A pipe's reading side that counts how often something was read.</summary>
internal sealed class CountingReader(PipeReader inner) : PipeReader
{
    private int _reads;

    /// <summary>How many reads have come back.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public override void AdvanceTo(SequencePosition consumed)
    {
        _ = Interlocked.Increment(ref _reads);
        inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _ = Interlocked.Increment(ref _reads);
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);
}
