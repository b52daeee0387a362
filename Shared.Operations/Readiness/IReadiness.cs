namespace Shared.Operations.Readiness;

/// <summary>Something without which a daemon cannot do its work. Implementations are safe on every thread.</summary>
public interface IReadiness
{
    /// <summary>What it is, in one word: <c>queue</c>.</summary>
    string Name { get; }

    /// <summary>Looks, and says what is wrong. Called whenever somebody asks, so it has to be cheap; it may wait, until the token is cancelled.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Null when it is in order; else why not, in a few words for an operator.</returns>
    ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken);
}
