using System.Diagnostics.CodeAnalysis;
using System.Net;
using Shared.Protocol.Hosting;

namespace Shared.Operations.Endpoint;

/// <summary>What <c>Ops:Listen</c> names.</summary>
/// <param name="HasSocket">Whether the default Unix socket is among them.</param>
/// <param name="EndPoints">The others.</param>
internal sealed record OperationsAddresses(bool HasSocket, IReadOnlyList<EndPoint> EndPoints)
{
    private static readonly char[] s_separators = [',', ';'];

    /// <summary>Reads addresses parted by commas, the word <see cref="OpsOptions.Socket"/> among them.</summary>
    public static bool TryParse(string listen, [NotNullWhen(true)] out OperationsAddresses? addresses, [NotNullWhen(false)] out string? fault)
    {
        string[] parts = listen.Split(s_separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] others = [.. parts.Where(part => !part.Equals(OpsOptions.Socket, StringComparison.OrdinalIgnoreCase))];
        bool hasSocket = others.Length < parts.Length;
        IReadOnlyList<EndPoint> endPoints = [];
        fault = null;
        bool isSound = (hasSocket && others.Length == 0) || ListenAddress.TryParseAll(string.Join(',', others), out endPoints, out fault);
        addresses = isSound ? new OperationsAddresses(hasSocket, endPoints) : null;
        return isSound;
    }

    /// <summary>Reads an option that was found sound.</summary>
    public static OperationsAddresses Parse(string listen) =>
        TryParse(listen, out OperationsAddresses? addresses, out string? fault) ? addresses : throw new FormatException(fault);
}
