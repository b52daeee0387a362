using ChannelD.State.Rules;

namespace ChannelD.State.InMemory;

/// <summary>Keeps everything in memory, for as long as it lives. Every operation is over when it returns. For any thread.</summary>
public sealed class InMemoryStateStore : StateStore
{
    private readonly Lock _gate = new();
    private readonly InMemoryTransaction _state = new();

    /// <inheritdoc/>
    public override string Place => "the memory of this process";

    /// <inheritdoc/>
    public override ValueTask OpenAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private protected override void Dispose(bool disposing)
    {
    }

    private protected override ValueTask<T> ReadAsync<T>(Func<IStateTransaction, T> operation, CancellationToken cancellationToken, string name) =>
        WriteAsync(operation, cancellationToken, name);

    private protected override ValueTask<T> WriteAsync<T>(Func<IStateTransaction, T> operation, CancellationToken cancellationToken, string name)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            // The rules check before they write, so there is nothing to take back.
            _state.Begin();
            return ValueTask.FromResult(operation(_state));
        }
    }
}
