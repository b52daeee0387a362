using IpcBench.Exchanging;

namespace IpcBench.Mechanisms.Library;

/// <summary>An asking side that has its answering one in the same process. Owns both.</summary>
internal sealed class WithAnswerer(IAsker asker, IAsyncDisposable answerer) : IAsker
{
    /// <inheritdoc/>
    public Task RunAsync(Load load, Tally tally) => asker.RunAsync(load, tally);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await asker.DisposeAsync();
        await answerer.DisposeAsync();
    }
}
