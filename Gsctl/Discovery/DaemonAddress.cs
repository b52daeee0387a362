using System.Globalization;
using Shared.Protocol.Transport;

namespace Gsctl.Discovery;

/// <summary>Where a daemon is administered.</summary>
/// <param name="Claim">Which daemon it is, by the name of its socket; null where the operator has named a socket himself.</param>
/// <param name="SocketPath">Its socket.</param>
internal sealed record DaemonAddress(DaemonClaim? Claim, string SocketPath)
{
    /// <summary>What it is called: <c>chatD 0</c>, and a channelD by its channel: <c>channelD 1</c>.</summary>
    public string Name => Claim is { } claim ? NameOf(claim) : SocketPath;

    /// <summary>Whether it may be one of a kind: it is, or its kind is not known before it is asked.</summary>
    public bool MayBe(DaemonRole role) => Claim is not { } claim || claim.Role == role;

    /// <summary>What a daemon is called.</summary>
    public static string NameOf(DaemonClaim claim) => claim.Role == DaemonRole.ChatD
        ? string.Create(CultureInfo.InvariantCulture, $"chatD {claim.Instance}")
        : string.Create(CultureInfo.InvariantCulture, $"channelD {claim.Instance + 1}");
}
