using System.Globalization;
using System.Text.Json;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Shared.Terminal;

namespace ChatClient.Output;

/// <summary>
/// For programs: one JSON object a line. <c>type</c> is <c>result</c>, <c>event</c> or <c>notice</c>; <c>outcome</c> of a result is
/// <c>ok</c>, <c>error</c>, <c>busy</c> or <c>unknown</c>. Ids are strings: JSON numbers lose digits beyond 2^53 in many readers.
/// </summary>
public sealed class JsonOutput : IOutput, IDisposable
{
    // More than any batch that one read from the socket can hold.
    private const int MaxBatchBytes = 256 * 1024 * 1024;

    private readonly ITextSink _sink;
    private readonly PooledBuffer _batch = new(16 * 1024, MaxBatchBytes);
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes to <paramref name="sink"/>.</summary>
    public JsonOutput(ITextSink sink)
    {
        _sink = sink;
        _json = new Utf8JsonWriter(_batch, new JsonWriterOptions { Encoder = VisibleJsonEncoder.Instance });
    }

    /// <inheritdoc/>
    public void Result(in LineResult result)
    {
        Begin("result");
        WriteText("line", result.Line);
        WriteText("command", result.Command);
        _json.WriteString("requestId", result.RequestId.ToString(CultureInfo.InvariantCulture));
        _json.WriteString("outcome", OutcomeName(result.Outcome));
        WriteText("code", result.Code);
        WriteText("text", result.Text);
        WriteArguments(result.Arguments);
        _json.WriteNumber("elapsedUs", (long)result.Elapsed.TotalMicroseconds);
        End();
    }

    /// <inheritdoc/>
    public void Event(in ServerEvent message)
    {
        Begin("event");
        WriteText("room", message.Room);
        WriteText("code", message.Code);
        WriteText("sender", message.Sender);
        _json.WriteNumber("number", message.Number);
        WriteText("text", message.Text);
        WriteArguments(message.Arguments);
        End();
    }

    /// <inheritdoc/>
    public void Notice(string code, string text)
    {
        Begin("notice");
        WriteText("code", code);
        WriteText("text", text);
        End();
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.WrittenBytes > 0)
        {
            await _sink.WriteAsync(_batch.WrittenMemory, cancellationToken);
            _batch.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _batch.Dispose();
    }

    private static string OutcomeName(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Ok => "ok",
        OutcomeKind.Error => "error",
        OutcomeKind.Busy => "busy",
        _ => "unknown",
    };

    // Half a surrogate pair, which no JSON can carry, becomes U+FFFD: the writer would throw.
    private void WriteText(string name, string value) => _json.WriteString(name, WellFormed(value));

    private static string WellFormed(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]))
            {
                return string.Concat(value.EnumerateRunes());
            }
        }

        return value;
    }

    private void WriteArguments(IReadOnlyList<string> arguments)
    {
        _json.WriteStartArray("arguments");
        for (int i = 0; i < arguments.Count; i++)
        {
            _json.WriteStringValue(WellFormed(arguments[i]));
        }

        _json.WriteEndArray();
    }

    private void Begin(string type)
    {
        _json.WriteStartObject();
        _json.WriteString("type", type);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _batch.GetSpan(1)[0] = (byte)'\n';
        _batch.Advance(1);
    }
}
