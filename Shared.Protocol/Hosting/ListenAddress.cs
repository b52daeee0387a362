using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Shared.Protocol.Hosting;

/// <summary>Reads the addresses of an option such as <c>Chat:Listen</c>.</summary>
public static class ListenAddress
{
    /// <summary>What a Unix socket's address begins with.</summary>
    public const string UnixPrefix = "unix:";

    // struct sockaddr_un has 108 bytes for the path, the last of them its NUL.
    private const int MaxUnixPathBytes = 107;

    private static readonly char[] s_separators = [',', ';'];

    /// <summary>
    /// Reads addresses parted by commas or semicolons: <c>HOST:PORT</c> with an IP address, <c>localhost</c> or <c>*</c> for all, or
    /// <c>unix:PATH</c>.
    /// </summary>
    public static bool TryParseAll(string text, out IReadOnlyList<EndPoint> endPoints, [NotNullWhen(false)] out string? fault)
    {
        var found = new List<EndPoint>();
        endPoints = found;
        foreach (string part in text.Split(s_separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParse(part, out EndPoint? endPoint, out fault))
            {
                return false;
            }

            found.Add(endPoint);
        }

        fault = found.Count > 0 ? null : "it names no address";
        return fault is null;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out EndPoint? endPoint, [NotNullWhen(false)] out string? fault)
    {
        endPoint = null;
        fault = null;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            string path = text[UnixPrefix.Length..];
            int pathBytes = System.Text.Encoding.UTF8.GetByteCount(path);
            if (pathBytes is 0 or > MaxUnixPathBytes)
            {
                fault = $"the path of '{text}' has {pathBytes} bytes (1 to {MaxUnixPathBytes})";
                return false;
            }

            endPoint = new UnixDomainSocketEndPoint(path);
            return true;
        }

        int colon = text.LastIndexOf(':');
        if (colon <= 0
            || !ushort.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort port)
            || !TryParseHost(text[..colon].Trim('[', ']'), out IPAddress? address))
        {
            fault = $"'{text}' is neither HOST:PORT (an IP address, localhost or *; port 0 to 65535) nor {UnixPrefix}PATH";
            return false;
        }

        endPoint = new IPEndPoint(address, port);
        return true;
    }

    private static bool TryParseHost(string host, [NotNullWhen(true)] out IPAddress? address)
    {
        address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.IPv6Any,
            _ => null,
        };
        return address is not null || IPAddress.TryParse(host, out address);
    }
}
