using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport.Ring;

namespace Transport.Conformance.Ring;

/// <summary>Keeps the lines that a transport logs.</summary>
public sealed class RingLineLogger : ILogger<RingTransport>
{
    private readonly ConcurrentQueue<(int EventId, string Line)> _lines = new();

    public IEnumerable<string> Of(int eventId) => _lines.Where(line => line.EventId == eventId).Select(line => line.Line);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception)));
}
