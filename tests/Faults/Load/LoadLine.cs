using Faults.Checker;

namespace Faults.Load;

/// <summary>The line of a request: it asks for a character that does not exist, whose name is the request's secret.</summary>
internal static class LoadLine
{
    public const string Prefix = "/찾기 ";

    public static string Of(long request) => Prefix + Secret.Of(request);
}
