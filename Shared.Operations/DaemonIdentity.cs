using Shared.Protocol.Transport;

namespace Shared.Operations;

/// <summary>Which daemon this is.</summary>
/// <param name="Name">Its name, e.g. <c>chatD</c>.</param>
/// <param name="Claim">Its role and its number.</param>
public sealed record DaemonIdentity(string Name, DaemonClaim Claim);
