using System.Threading.Channels;

namespace ChannelD.Speech;

/// <summary>What one operator is shown of one character; bounded: what he does not read in time is missed, and counted. Written on any thread, read by one.</summary>
/// <param name="key">The name key of the character.</param>
/// <param name="close">Called at its end.</param>
internal sealed class TraceTap(string key, Action<TraceTap> close) : IDisposable
{
    private const int MaxWaiting = 256;

    private readonly Channel<TracedLine> _lines = Channel.CreateBounded<TracedLine>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private long _missed;

    /// <summary>The name key of the character.</summary>
    public string Key => key;

    /// <summary>Takes a line, or counts it as missed; never waits.</summary>
    public void Offer(in TracedLine line)
    {
        if (!_lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _missed);
        }
    }

    /// <summary>Waits for a line.</summary>
    /// <returns>False where none came within the limit.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using ITimer timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), ending, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await _lines.Reader.WaitToReadAsync(ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The next line that is there.</summary>
    public bool TryTake(out TracedLine line) => _lines.Reader.TryRead(out line);

    /// <summary>How many were missed since the last call.</summary>
    public long TakeMissed() => Interlocked.Exchange(ref _missed, 0);

    /// <inheritdoc/>
    public void Dispose() => close(this);
}
