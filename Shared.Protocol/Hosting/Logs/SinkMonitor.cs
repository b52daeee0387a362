using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.Async;

namespace Shared.Protocol.Hosting.Logs;

/// <summary>
/// Counts what one output of the log lost: events dropped because its buffer was full, and events its sink could not write (a full
/// disk). Any thread.
/// </summary>
internal sealed class SinkMonitor(string output) : IAsyncLogEventSinkMonitor
{
    private IAsyncLogEventSinkInspector? _inspector;
    private long _droppedAtEndEvents;
    private long _failedEvents;

    /// <summary>The name of the output: <c>console</c> or <c>file</c>.</summary>
    public string Output => output;

    /// <summary>How many events were dropped because the buffer was full.</summary>
    public long DroppedEvents => Volatile.Read(ref _inspector)?.DroppedMessagesCount ?? Interlocked.Read(ref _droppedAtEndEvents);

    /// <summary>How many events the sink could not write.</summary>
    public long FailedEvents => Interlocked.Read(ref _failedEvents);

    /// <summary>How many events wait to be written.</summary>
    public int WaitingEvents => Volatile.Read(ref _inspector)?.Count ?? 0;

    /// <inheritdoc/>
    public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => Volatile.Write(ref _inspector, inspector);

    /// <inheritdoc/>
    public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        Interlocked.Exchange(ref _droppedAtEndEvents, inspector.DroppedMessagesCount);
        Volatile.Write(ref _inspector, null);
    }

    /// <summary>A sink that passes events on and counts the ones that failed.</summary>
    public ILogEventSink Counting(ILogEventSink inner) => new CountingSink(inner, this);

    private sealed class CountingSink(ILogEventSink inner, SinkMonitor monitor) : ILogEventSink, IDisposable
    {
        public void Emit(LogEvent logEvent)
        {
            try
            {
                inner.Emit(logEvent);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // A log that cannot be written is no reason to stop serving players; the count is reported when the log is closed.
                Interlocked.Increment(ref monitor._failedEvents);
            }
        }

        public void Dispose() => (inner as IDisposable)?.Dispose();
    }
}
