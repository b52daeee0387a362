using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Shared.Protocol.Administration;

namespace Shared.Operations.Administration;

/// <summary>What an operator asks of a command.</summary>
/// <param name="caller">Who asks.</param>
/// <param name="queryString">What stands behind the path, with its question mark; or nothing.</param>
/// <param name="body">The body; bounded by <see cref="AdminLimits.MaxBodyBytes"/>.</param>
public sealed class AdminCall(AdminCaller caller, string queryString, ReadOnlyMemory<byte> body)
{
    // What a command does not know it would pass over, and of two members of one name it would take the last: neither would be what the log shows.
    private static readonly AdminJson s_strict = new(new JsonSerializerOptions(AdminJson.Default.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,

        // Names are to be read in the log, which escapes what could do harm there.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private readonly Dictionary<string, StringValues> _query = QueryHelpers.ParseQuery(queryString);

    /// <summary>Who asks.</summary>
    public AdminCaller Caller => caller;

    /// <summary>What was asked, as it was understood; before it was, or where it could not be, the body as it was sent.</summary>
    internal ReadOnlyMemory<byte> Understood { get; private set; } = body;

    /// <summary>A value of the query; null where it is not there.</summary>
    public string? Find(string name) => _query.TryGetValue(name, out StringValues values) ? values.ToString() : null;

    /// <summary>A number of the query, or what it is by default.</summary>
    /// <exception cref="AdminRefusedException">It is no number, or out of range.</exception>
    public int FindNumber(string name, int byDefault, int min, int max)
    {
        if (Find(name) is not { } text)
        {
            return byDefault;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw AdminRefusedException.BadRequest($"{name} has to be a number from {min} to {max}.");
    }

    /// <summary>The body as an object.</summary>
    /// <exception cref="AdminRefusedException">It is none, lacks a member, or has one that is not known or stands there twice.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var strict = (JsonTypeInfo<T>)s_strict.GetTypeInfo(type.Type)!;
            T read = JsonSerializer.Deserialize(Understood.Span, strict) ?? throw AdminRefusedException.BadRequest("The body is empty.");
            Understood = JsonSerializer.SerializeToUtf8Bytes(read, strict);
            return read;
        }
        catch (JsonException fault)
        {
            throw AdminRefusedException.BadRequest($"The body is not valid: {fault.Message}");
        }
    }
}
