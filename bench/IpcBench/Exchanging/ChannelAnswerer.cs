namespace IpcBench.Exchanging;

/// <summary>Sends back what it gets over a channel of messages, in a thread of its own.</summary>
internal sealed class ChannelAnswerer : IAnswerer
{
    private readonly IDisposable? _listener;

    /// <summary>Starts.</summary>
    /// <param name="connect">Makes the channel, on the answering thread: it may wait for the other side.</param>
    /// <param name="listener">What it needs for that, owned from here on; null for nothing.</param>
    internal ChannelAnswerer(Func<IFrameChannel> connect, IDisposable? listener = null)
    {
        _listener = listener;
        Ended = Task.Factory.StartNew(() => Run(connect), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public Task Ended { get; }

    /// <inheritdoc/>
    // The thread may wait in the kernel, where nothing but the end of the process reaches it.
    public ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Run(Func<IFrameChannel> connect)
    {
        using IFrameChannel channel = connect();
        while (true)
        {
            ReadOnlySpan<byte> request = channel.Receive();
            if (request.IsEmpty)
            {
                return;
            }

            channel.Send(request);
        }
    }
}
