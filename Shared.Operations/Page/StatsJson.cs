using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shared.Operations.Page.History;
using Shared.Operations.Readiness;

namespace Shared.Operations.Page;

/// <summary>Writes what the page asks for each second: <c>docs/operations-page.md</c> says what is in it.</summary>
internal static class StatsJson
{
    // For a program that reads JSON, and not to be pasted into HTML.
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the rows behind a number, and what there is to say of this moment.</summary>
    public static ReadOnlyMemory<byte> Write(DaemonIdentity identity, MetricHistory history, HistoryView view, ReadinessView? readiness)
    {
        var bytes = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(bytes, s_writing))
        {
            json.WriteStartObject();
            json.WriteString("daemon", identity.Name);
            json.WriteNumber("instance", identity.Claim.Instance);
            json.WriteString("generation", history.Generation);
            json.WriteNumber("startedAtMs", history.StartedAtMs);
            json.WriteNumber("nowMs", history.NowMs);
            json.WriteNumber("intervalMs", (long)MetricHistory.Interval.TotalMilliseconds);
            WriteReadiness(json, readiness);
            json.WriteStartArray("columns");
            foreach (string column in view.Columns)
            {
                json.WriteStringValue(column);
            }

            json.WriteEndArray();
            json.WriteNumber("first", view.First);
            json.WriteStartArray("rows");
            foreach (HistoryRow row in view.Rows)
            {
                WriteRow(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void WriteReadiness(Utf8JsonWriter json, ReadinessView? readiness)
    {
        if (readiness is null)
        {
            json.WriteNull("readiness");
            return;
        }

        json.WriteStartObject("readiness");
        json.WriteNumber("lookedAtMs", readiness.LookedAtMs);
        json.WriteStartArray("notReady");
        foreach (ReadinessFault fault in readiness.NotReady)
        {
            json.WriteStartObject();
            json.WriteString("name", fault.Name);
            json.WriteString("reason", fault.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, HistoryRow row)
    {
        json.WriteStartArray();
        json.WriteNumberValue(row.TimeMs);
        foreach (double value in row.Values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }
}
