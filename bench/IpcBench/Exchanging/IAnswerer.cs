namespace IpcBench.Exchanging;

/// <summary>The answering side of a mechanism: from the time it is made it can be reached, and sends back what it gets.</summary>
internal interface IAnswerer : IAsyncDisposable
{
    /// <summary>Ends when the answering does; faulted where it failed.</summary>
    Task Ended { get; }
}
