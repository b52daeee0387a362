using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Faults.Calls;

/// <summary>Keeps what a side logs, for a failed test to show.</summary>
internal sealed class LogLines : ILogger
{
    private readonly ConcurrentQueue<(int EventId, string Line)> _lines = new();

    internal IEnumerable<string> Of(int eventId) => _lines.Where(line => line.EventId == eventId).Select(line => line.Line);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception}"));

    public override string ToString() => string.Join('\n', _lines.TakeLast(20).Select(line => $"{line.EventId} {line.Line}"));
}
