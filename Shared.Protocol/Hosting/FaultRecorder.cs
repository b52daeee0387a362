using Microsoft.Extensions.Hosting;

namespace Shared.Protocol.Hosting;

/// <summary>
/// Where a part of a daemon that runs on a thread of its own reports that it cannot go on. The first report wins, stops the host
/// and decides the exit code (<see cref="DaemonHost"/>). A faulted <see cref="BackgroundService"/> need not report: it is found.
/// </summary>
/// <remarks>Any thread. The report returns when the stop has been asked for, not when it has been done.</remarks>
public sealed class FaultRecorder(IHostApplicationLifetime lifetime)
{
    private Exception? _first;

    /// <summary>The first fault reported, or null.</summary>
    public Exception? First => Volatile.Read(ref _first);

    /// <summary>Records the fault, if it is the first, and asks the host to stop.</summary>
    public void Report(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Interlocked.CompareExchange(ref _first, fault, null);
        lifetime.StopApplication();
    }
}
