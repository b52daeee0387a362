using System.Text;

namespace System.Tests.Operations;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Service">Whose it is: <c>chatd</c>.</param>
/// <param name="TraceId">The trace, in hexadecimal.</param>
/// <param name="SpanId">Its id.</param>
/// <param name="ParentId">Its parent's; empty for the first.</param>
/// <param name="Name">What it is.</param>
/// <param name="Kind">Its kind: 1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
/// <param name="Tags">Its attributes.</param>
internal sealed record SentSpan(
    string Service, string TraceId, string SpanId, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The spans of a request to <c>/v1/traces</c>.</summary>
    public static IEnumerable<SentSpan> ReadAll(ReadOnlyMemory<byte> request)
    {
        foreach (ReadOnlyMemory<byte> ofResource in Proto.Of(request, 1))
        {
            string service = Proto.Of(ofResource, 1).SelectMany(resource => TagsOf(resource, 1)).First(tag => tag.Key == "service.name").Value;
            foreach (ReadOnlyMemory<byte> span in Proto.Of(ofResource, 2).SelectMany(scope => Proto.Of(scope, 2)))
            {
                yield return new SentSpan(
                    service,
                    HexOf(span, 1),
                    HexOf(span, 2),
                    HexOf(span, 4),
                    Encoding.UTF8.GetString(Proto.Of(span, 5).First().Span),
                    (int)Proto.Fields(span).First(field => field.Number == 6).Value,
                    TagsOf(span, 9).ToDictionary());
            }
        }
    }

    private static string HexOf(ReadOnlyMemory<byte> message, int number) => Convert.ToHexStringLower(Proto.Of(message, number).FirstOrDefault().Span);

    private static IEnumerable<KeyValuePair<string, string>> TagsOf(ReadOnlyMemory<byte> message, int number)
    {
        foreach (ReadOnlyMemory<byte> tag in Proto.Of(message, number))
        {
            (int kind, ReadOnlyMemory<byte> text, ulong value) = Proto.Fields(Proto.Of(tag, 2).First()).FirstOrDefault();
            yield return new(
                Encoding.UTF8.GetString(Proto.Of(tag, 1).First().Span),
                kind == 1 ? Encoding.UTF8.GetString(text.Span) : value.ToString(Globalization.CultureInfo.InvariantCulture));
        }
    }
}
