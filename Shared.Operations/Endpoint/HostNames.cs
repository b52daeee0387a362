using System.Net;

namespace Shared.Operations.Endpoint;

/// <summary>
/// Which names a request may call this endpoint by. A page of a stranger can have its own name resolve to 127.0.0.1 and then read, in the operator's
/// browser, what it is answered (DNS rebinding); but it has to call by that name, and only an address or a name that is known here is answered.
/// </summary>
/// <param name="names">Names that are known besides addresses and <c>localhost</c>; <c>*</c> for any.</param>
internal sealed class HostNames(IReadOnlyList<string> names)
{
    private const string Any = "*";

    private readonly bool _takesAny = names.Contains(Any);

    /// <summary>Whether a request may call so.</summary>
    /// <param name="host">The header Host: a name or an address, with or without a port. Browsers always send it.</param>
    public bool Knows(string host)
    {
        if (_takesAny || host.Length == 0)
        {
            return true;
        }

        string name = WithoutPort(host);
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(name, out _)
            || names.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads the option: names parted by commas.</summary>
    public static HostNames Of(string? option) =>
        new((option ?? string.Empty).Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string WithoutPort(string host)
    {
        if (host.StartsWith('['))
        {
            int end = host.IndexOf(']', StringComparison.Ordinal);
            return end < 0 ? host : host[1..end];
        }

        int colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? host : host[..colon];
    }
}
