using System.Text.Json;

namespace Faults.Checker.History;

/// <summary>Writes records as JSON lines. For one thread at a time. Owns the stream.</summary>
/// <param name="stream">Where they go.</param>
public sealed class HistoryWriter(Stream stream) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(stream);

    /// <summary>Appends a record.</summary>
    public void Write(HistoryRecord record)
    {
        JsonSerializer.Serialize(_json, record, HistoryJson.Default.HistoryRecord);
        _json.Flush();
        stream.WriteByte((byte)'\n');
        _json.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        stream.Dispose();
    }
}
