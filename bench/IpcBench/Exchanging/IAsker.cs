namespace IpcBench.Exchanging;

/// <summary>The asking side of a mechanism, connected.</summary>
internal interface IAsker : IAsyncDisposable
{
    /// <summary>Asks, with so many requests in flight, until the tally has ended; then waits until all are answered.</summary>
    /// <exception cref="InvalidDataException">A result is not the answer to its request.</exception>
    Task RunAsync(Load load, Tally tally);
}
