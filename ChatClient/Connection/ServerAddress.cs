using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatClient.Connection;

/// <summary>Where a chatD listens: a host and a TCP port, or the path of a Unix socket.</summary>
/// <param name="Host">The host's name or address; empty for a Unix socket.</param>
/// <param name="Port">The TCP port, from 1; 0 for a Unix socket.</param>
/// <param name="Path">The path of the Unix socket; null for TCP.</param>
public sealed record ServerAddress(string Host, int Port, string? Path)
{
    private const string UnixPrefix = "unix:";

    // sockaddr_un.sun_path has 108 bytes on Linux, the last one for its NUL (unix(7)).
    private const int MaxUnixPathBytes = 107;

    /// <summary>Where chatD listens unless it is told otherwise.</summary>
    public static ServerAddress Default { get; } = new("127.0.0.1", 7777, null);

    /// <summary>Reads <c>HOST:PORT</c>, <c>[IPV6]:PORT</c> or <c>unix:PATH</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address read.</param>
    /// <param name="problem">What is wrong with it, as a sentence for its author.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerAddress? address, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            string path = text[UnixPrefix.Length..];
            int pathBytes = Encoding.UTF8.GetByteCount(path);
            problem = path.Length == 0 ? "the path behind 'unix:' is missing"
                : pathBytes > MaxUnixPathBytes ? $"the path of a Unix socket has at most {MaxUnixPathBytes} bytes, this one has {pathBytes}"
                : null;
            address = problem is null ? new ServerAddress(string.Empty, 0, path) : null;
            return problem is null;
        }

        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon] : string.Empty;
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        host = isBracketed ? host[1..^1] : host;
        if (host.Length == 0 || (!isBracketed && host.Contains(':', StringComparison.Ordinal)))
        {
            problem = "it is HOST:PORT, [IPV6]:PORT or unix:PATH";
            return false;
        }

        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            || port is < 1 or > ushort.MaxValue)
        {
            problem = $"the port is a number from 1 to {ushort.MaxValue}, not '{text[(colon + 1)..]}'";
            return false;
        }

        problem = null;
        address = new ServerAddress(host, port, null);
        return true;
    }

    /// <summary>The address as the command line takes it.</summary>
    public override string ToString() => Path is not null ? UnixPrefix + Path
        : Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    internal EndPoint ToEndPoint() => Path is not null ? new UnixDomainSocketEndPoint(Path)
        : IPAddress.TryParse(Host, out IPAddress? address) ? new IPEndPoint(address, Port)
        : new DnsEndPoint(Host, Port);
}
