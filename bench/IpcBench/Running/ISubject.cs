using IpcBench.Exchanging;
using IpcBench.Mechanisms;

namespace IpcBench.Running;

/// <summary>What is measured: one side of the comparison, open. Disposal removes all that it made.</summary>
internal interface ISubject : IAsyncDisposable
{
    /// <summary>Whose code.</summary>
    Side Side { get; }

    /// <summary>What people read.</summary>
    string Title { get; }

    /// <summary>Measures once.</summary>
    /// <exception cref="InvalidOperationException">A process has ended; the message has what it said.</exception>
    /// <exception cref="TimeoutException">A process is stuck.</exception>
    Task<Sample> MeasureAsync(Load load, CancellationToken cancellationToken);
}
