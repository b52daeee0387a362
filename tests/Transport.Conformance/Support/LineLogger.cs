using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Transport.Conformance.Support;

/// <summary>Keeps the lines that a transport logs.</summary>
/// <typeparam name="T">The transport whose logger it is.</typeparam>
public sealed class LineLogger<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(int EventId, string Line)> _lines = new();

    public IEnumerable<string> Of(int eventId) => _lines.Where(line => line.EventId == eventId).Select(line => line.Line);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception)));
}
