using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Shared.Operations.Administration;

/// <summary>The answer to a command: one object, or one object a line for as long as it goes on.</summary>
public sealed class AdminReply
{
    private AdminReply(ReadOnlyMemory<byte> body, IAsyncEnumerable<ReadOnlyMemory<byte>>? lines)
    {
        Body = body;
        Lines = lines;
    }

    /// <summary>The object, as UTF-8; empty where lines follow.</summary>
    internal ReadOnlyMemory<byte> Body { get; }

    /// <summary>The lines, as UTF-8 without their ends; null where there is one object.</summary>
    internal IAsyncEnumerable<ReadOnlyMemory<byte>>? Lines { get; }

    /// <summary>One object.</summary>
    public static AdminReply Of<T>(T answer, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(answer, type), null);

    /// <summary>One object a line; the sequence is disposed of when the caller has gone or the daemon stops.</summary>
    public static AdminReply OfLines<T>(IAsyncEnumerable<T> answers, JsonTypeInfo<T> type) => new(default, WriteAsync(answers, type));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync<T>(IAsyncEnumerable<T> answers, JsonTypeInfo<T> type)
    {
        await foreach (T answer in answers)
        {
            yield return JsonSerializer.SerializeToUtf8Bytes(answer, type);
        }
    }
}
